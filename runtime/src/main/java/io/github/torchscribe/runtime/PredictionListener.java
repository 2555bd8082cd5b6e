package io.github.torchscribe.runtime;

/**
 * Is told what becomes of questions to a {@link Predictor}, by the threads that ask, several at
 * once, before they get their answer: it should be quick, lock nothing, and leave the predictor and
 * its models alone. Whatever it throws, an error too, keeps nobody from an answer or a swap, and
 * reaches nobody: the first time of each listener it is logged, as a warning. A test notes what it
 * is told, and looks at it afterwards. All times are in nanoseconds.
 *
 * <pre>{@code
 * predictor.listener(
 *     new PredictionListener() {
 *       public void answered(int examples, long nanos) {
 *         timer.record(nanos, TimeUnit.NANOSECONDS);
 *       }
 *     });
 * }</pre>
 */
public interface PredictionListener {
  /**
   * A call was answered.
   *
   * @param examples how many it was about
   * @param nanos from the call to its answer
   */
  default void answered(int examples, long nanos) {}

  /**
   * A call was not answered.
   *
   * @param examples how many it was about
   * @param nanos from the call to its end
   * @param why what it throws: an {@link IllegalArgumentException} says that the question was
   *     wrong, anything else that it could not be answered
   */
  default void failed(int examples, long nanos, Throwable why) {}

  /**
   * Some examples were computed in one pass: those of one call, or of several with {@link
   * Predictor#microBatches}. An average below the most that share one says how much room there is.
   *
   * @param examples how many: 1, 2, 4 … 64
   * @param nanos what the pass took
   */
  default void computed(int examples, long nanos) {}

  /**
   * Another model answers from now on.
   *
   * @param next which
   * @param nanos from the call of {@link Predictor#swap} until the last answer of the one before
   */
  default void swapped(Model next, long nanos) {}
}

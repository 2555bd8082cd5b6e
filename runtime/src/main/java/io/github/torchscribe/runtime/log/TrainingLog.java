package io.github.torchscribe.runtime.log;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Learner;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Is told of a training run as it goes. Every method is called by the thread that trains. */
public interface TrainingLog {
  /**
   * Something that is measured on the test data after each epoch, besides loss and accuracy.
   *
   * @param name what {@link History.Epoch#metrics} has it under
   * @param higherIsBetter in which direction it gets better; empty where nobody says
   */
  record Measured(String name, Optional<Boolean> higherIsBetter) {}

  /**
   * A run, as it is planned.
   *
   * @param learner learns
   * @param train is learned from
   * @param test is evaluated on after each epoch
   * @param epochs how many there will be
   * @param batchSize examples per step, those of all processes of a group together
   * @param shuffle whether each epoch has its own order
   * @param dropLast whether the last batch of an epoch is left out where it is smaller
   * @param given how many examples there are to learn from; with those of all processes of a group
   * @param ranks where each process of a group runs, a line for each; empty where there is one
   * @param metrics what each epoch's {@link History.Epoch#metrics} will have, in that order; what
   *     is not announced here has no curve and no column
   * @param settings what else was asked of the run and is not as it would be by itself, such as
   *     {@code clip grad norm}, by name, in words
   * @param done how many steps had been done where the run goes on from a checkpoint, those of
   *     whole epochs counted as {@link #steps()} each; else 0
   */
  record Run(
      Learner learner,
      Dataset train,
      Dataset test,
      int epochs,
      int batchSize,
      boolean shuffle,
      boolean dropLast,
      long given,
      List<String> ranks,
      List<Measured> metrics,
      Map<String, String> settings,
      long done) {
    /** Copies lists and map. */
    public Run {
      ranks = List.copyOf(ranks);
      metrics = List.copyOf(metrics);
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * A run of a single process that leaves no batch out.
     *
     * @param learner learns
     * @param train is learned from
     * @param test is evaluated on after each epoch
     * @param epochs how many there will be
     * @param batchSize examples per step
     * @param shuffle whether each epoch has its own order
     */
    public Run(
        Learner learner, Dataset train, Dataset test, int epochs, int batchSize, boolean shuffle) {
      this(
          learner,
          train,
          test,
          epochs,
          batchSize,
          shuffle,
          false,
          train.size(),
          List.of(),
          List.of(),
          Map.of(),
          0);
    }

    /**
     * The same run where it goes on.
     *
     * @param steps how many had been done
     * @return a new one
     */
    public Run from(long steps) {
      return new Run(
          learner, train, test, epochs, batchSize, shuffle, dropLast, given, ranks, metrics,
          settings, steps);
    }

    /**
     * How many examples an epoch has.
     *
     * @return what there is to learn from, without what is left out
     */
    public long examples() {
      return dropLast ? given / batchSize * batchSize : given;
    }

    /**
     * How many steps an epoch has.
     *
     * @return at least 1
     */
    public long steps() {
      return (examples() + batchSize - 1) / batchSize;
    }
  }

  /**
   * A step that was done.
   *
   * @param run it belongs to
   * @param epoch counted from 0
   * @param number in the epoch, counted from 0
   * @param batchSize its examples
   * @param loss of its batch, before the update
   * @param learningRate of the update
   * @param losses the same as {@code loss} of each of several losses, by the name of what has it,
   *     as they are before they are weighed; empty where there is a single one
   */
  record Step(
      Run run,
      int epoch,
      int number,
      int batchSize,
      float loss,
      double learningRate,
      Map<String, Float> losses) {
    /**
     * A step of a network with a single loss.
     *
     * @param run it belongs to
     * @param epoch counted from 0
     * @param number in the epoch, counted from 0
     * @param batchSize its examples
     * @param loss of its batch, before the update
     * @param learningRate of the update
     */
    public Step(Run run, int epoch, int number, int batchSize, float loss, double learningRate) {
      this(run, epoch, number, batchSize, loss, learningRate, Map.of());
    }
  }

  /**
   * Whether it is told on each process of a group, and not on the first alone.
   *
   * @return false unless stated otherwise: one of them writes what one process would
   */
  default boolean everyRank() {
    return false;
  }

  /**
   * A run begins.
   *
   * @param run what is planned
   */
  default void began(Run run) {}

  /**
   * A step was done. Of steps that a GPU replays logs hear up to 50 ms later, several at once: the
   * model may have gone on.
   *
   * @param step which
   */
  default void step(Step step) {}

  /**
   * Whether it wants to look at the gradients of a step to come. While such a step goes on it takes
   * memory as large as all parameters, with plain gradient descent twice that. A GPU does not
   * replay it, and holds what a pass over the batch keeps a second time until a step comes of which
   * nobody wants them. On the processor all numbers of the run are the same as without; on a GPU
   * what is not replayed may differ from what is in its last digits.
   *
   * @param run it belongs to
   * @param epoch counted from 0
   * @param number in the epoch, counted from 0
   * @return false unless stated otherwise
   */
  default boolean wantsGradients(Run run, int epoch, int number) {
    return false;
  }

  /**
   * The gradients of the step of which {@link #step} has just told: the {@link Learner#parameters()
   * parameters} have them as the optimizer got them, clipped and averaged if that was asked for. An
   * optimizer that computes several in a step, as LBFGS, got the first of them.
   *
   * <p>Where so many batches {@linkplain io.github.torchscribe.runtime.Trainer#accumulate make an
   * update}, this is told of the last of them as of any step. Of the others, and where an epoch
   * ends with fewer, one process shows each batch's own gradients. In a group, which hears of its
   * losses when it updates, those batches are left out but for an epoch's last, which shows what
   * the optimizer got.
   *
   * <p>Of all that want some, each is shown what any asked for.
   *
   * @param step which; a GPU without memory for its gradients leaves it out
   */
  default void gradients(Step step) {}

  /**
   * An epoch was done and evaluated.
   *
   * @param epoch what it came to
   */
  default void epoch(History.Epoch epoch) {}

  /**
   * The run is over.
   *
   * @param failure what ended it before its time
   */
  default void ended(Optional<Throwable> failure) {}
}

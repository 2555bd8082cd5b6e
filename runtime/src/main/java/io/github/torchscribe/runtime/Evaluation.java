package io.github.torchscribe.runtime;

import java.util.Locale;

/** How a model does on a dataset. */
public final class Evaluation {
  /** No example yet; others are added to it. */
  public static final Evaluation NONE = new Evaluation(0, 0, 0, 0, 0);

  /** How many numbers it takes to keep one. */
  static final int NUMBERS = 5;

  private final double lossSum;
  private final double batchLossSum;
  private final long correct;
  private final long decisions;
  private final long size;

  private Evaluation(double lossSum, double batchLossSum, long correct, long decisions, long size) {
    this.lossSum = lossSum;
    this.batchLossSum = batchLossSum;
    this.correct = correct;
    this.decisions = decisions;
    this.size = size;
  }

  /**
   * What one batch came to.
   *
   * @param meanLoss of its examples
   * @param correct how many decisions were right
   * @param decisions of how many
   * @param size how many examples it has
   * @return to be added to others
   */
  public static Evaluation ofBatch(double meanLoss, long correct, long decisions, long size) {
    return new Evaluation(meanLoss * size, meanLoss, correct, decisions, size);
  }

  /** All that this is, exactly. */
  double[] numbers() {
    return new double[] {lossSum, batchLossSum, correct, decisions, size};
  }

  /** What {@link #numbers()} gave. */
  static Evaluation of(double[] numbers, int at) {
    return new Evaluation(
        numbers[at],
        numbers[at + 1],
        (long) numbers[at + 2],
        (long) numbers[at + 3],
        (long) numbers[at + 4]);
  }

  /**
   * Adds what other examples came to.
   *
   * @param other of the same network and loss
   * @return both together
   */
  public Evaluation plus(Evaluation other) {
    return new Evaluation(
        lossSum + other.lossSum,
        batchLossSum + other.batchLossSum,
        correct + other.correct,
        decisions + other.decisions,
        size + other.size);
  }

  /**
   * The mean loss of an example.
   *
   * @return in the loss' unit; nats for cross-entropy
   */
  public double loss() {
    return lossSum / size;
  }

  /**
   * The sum of the batches' mean losses. PyTorch's MNIST tutorial prints this, over the number of
   * examples, as the "average loss"; it depends on the batch size.
   *
   * @return in the loss' unit
   */
  public double batchLossSum() {
    return batchLossSum;
  }

  /**
   * How many decisions are right.
   *
   * @return at most {@link #decisions()}
   */
  public long correct() {
    return correct;
  }

  /**
   * How many times the network decided: once for each example with {@code @CrossEntropyLoss}, for
   * each output with {@code @BCEWithLogitsLoss}, never where outputs are numbers.
   *
   * @return 0 where there is nothing to decide
   */
  public long decisions() {
    return decisions;
  }

  /**
   * How many examples there are.
   *
   * @return at least 1
   */
  public long size() {
    return size;
  }

  /**
   * The share of decisions that are right.
   *
   * @return from 0 to 1; NaN where there is nothing to decide
   */
  public double accuracy() {
    return (double) correct / decisions;
  }

  @Override
  public String toString() {
    return decisions == 0
        ? String.format(Locale.ROOT, "Evaluation[loss=%.4f, size=%d]", loss(), size)
        : String.format(
            Locale.ROOT, "Evaluation[loss=%.4f, accuracy=%d/%d]", loss(), correct, decisions);
  }
}

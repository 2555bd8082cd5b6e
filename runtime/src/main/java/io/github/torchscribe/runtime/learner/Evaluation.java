package io.github.torchscribe.runtime.learner;

import java.util.Locale;

/** How a model does on a dataset. */
public final class Evaluation {
  /** No example yet; others are added to it. */
  public static final Evaluation NONE = new Evaluation(0, 0, 0, 0, 0, 0);

  /** How many numbers it takes to keep one. */
  public static final int NUMBERS = 6;

  private final double lossSum;
  private final double weight;
  private final double batchLossSum;
  private final long correct;
  private final long decisions;
  private final long size;

  private Evaluation(
      double lossSum, double weight, double batchLossSum, long correct, long decisions, long size) {
    this.lossSum = lossSum;
    this.weight = weight;
    this.batchLossSum = batchLossSum;
    this.correct = correct;
    this.decisions = decisions;
    this.size = size;
  }

  /**
   * What one batch came to.
   *
   * @param meanLoss of its targets that count
   * @param weight what those weigh together in that mean; with 0 the batch has no loss
   * @param correct how many decisions were right
   * @param decisions of how many
   * @param size how many examples it has
   * @return to be added to others
   */
  public static Evaluation ofBatch(
      double meanLoss, double weight, long correct, long decisions, long size) {
    return weight == 0
        ? new Evaluation(0, 0, 0, correct, decisions, size)
        : new Evaluation(meanLoss * weight, weight, meanLoss, correct, decisions, size);
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
    return ofBatch(meanLoss, size, correct, decisions, size);
  }

  /** All that this is, exactly. */
  public double[] numbers() {
    return new double[] {lossSum, weight, batchLossSum, correct, decisions, size};
  }

  /** What {@link #numbers()} gave. */
  public static Evaluation of(double[] numbers, int at) {
    return new Evaluation(
        numbers[at],
        numbers[at + 1],
        numbers[at + 2],
        (long) numbers[at + 3],
        (long) numbers[at + 4],
        (long) numbers[at + 5]);
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
        weight + other.weight,
        batchLossSum + other.batchLossSum,
        correct + other.correct,
        decisions + other.decisions,
        size + other.size);
  }

  /**
   * The mean loss of an example; of a target, where one has several. What the loss ignores is left
   * out, and where classes have weights it is the weighted mean: as if all were one batch.
   *
   * @return in the loss' unit; nats for cross-entropy; NaN where nothing counts
   */
  public double loss() {
    return lossSum / weight;
  }

  /**
   * The sum of the batches' mean losses. PyTorch's MNIST tutorial prints this, over the number of
   * examples, as the "average loss"; it depends on the batch size. A batch of which nothing counts
   * has none.
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
   * How many times the network decided: once for each target with {@code @CrossEntropyLoss} that is
   * not ignored, for each output with {@code @BCEWithLogitsLoss}, never where outputs are numbers.
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

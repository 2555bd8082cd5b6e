package io.github.torchscribe.runtime.learner;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * How a model does on a dataset. Where it has several losses, each part says how it does in that
 * one.
 */
public final class Evaluation implements Serializable {
  private static final long serialVersionUID = 1;

  private static final LinkedHashMap<String, Part> NO_PARTS = new LinkedHashMap<>();

  /** No example yet; others are added to it. */
  public static final Evaluation NONE = new Evaluation(0, 0, 0, 0, 0, 0, Map.of());

  /** How many numbers it takes to keep one without parts. */
  private static final int NUMBERS = 6;

  private final double lossSum;
  private final double weight;
  private final double batchLossSum;
  private final long correct;
  private final long decisions;
  private final long size;
  private final LinkedHashMap<String, Part> parts; // of a class that can be serialized

  /**
   * How it does in one of several losses.
   *
   * @param share what that weighs in the sum
   */
  private record Part(Evaluation evaluation, double share) implements Serializable {
    double weigh(double loss) {
      return share * loss;
    }
  }

  private Evaluation(
      double lossSum,
      double weight,
      double batchLossSum,
      long correct,
      long decisions,
      long size,
      Map<String, Part> parts) {
    this.lossSum = lossSum;
    this.weight = weight;
    this.batchLossSum = batchLossSum;
    this.correct = correct;
    this.decisions = decisions;
    this.size = size;
    this.parts = parts.isEmpty() ? NO_PARTS : new LinkedHashMap<>(parts);
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
        ? new Evaluation(0, 0, 0, correct, decisions, size, Map.of())
        : new Evaluation(meanLoss * weight, weight, meanLoss, correct, decisions, size, Map.of());
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

  /**
   * What came to be in several losses of the same examples.
   *
   * @param parts by the name of what has the loss, in their order
   * @param weights what each loss weighs in their sum, by the same names
   * @return all of them together
   */
  public static Evaluation ofParts(Map<String, Evaluation> parts, Map<String, Double> weights) {
    Map<String, Part> weighed = new LinkedHashMap<>();
    parts.forEach((name, part) -> weighed.put(name, new Part(part, weights.get(name))));
    return together(weighed);
  }

  /** The sums over all parts; what they weigh differs, so that the loss is no mean of one sum. */
  private static Evaluation together(Map<String, Part> parts) {
    double batchLossSum = 0;
    long correct = 0;
    long decisions = 0;
    long size = 0;
    for (Part part : parts.values()) {
      Evaluation one = part.evaluation;
      batchLossSum += part.weigh(one.batchLossSum);
      correct += one.correct;
      decisions += one.decisions;
      size = one.size;
    }
    return new Evaluation(Double.NaN, Double.NaN, batchLossSum, correct, decisions, size, parts);
  }

  /**
   * How many numbers it takes to keep one.
   *
   * @param parts how many it has
   */
  public static int numbers(int parts) {
    return parts == 0 ? NUMBERS : parts * (1 + NUMBERS);
  }

  /** All that this is, exactly, but for the names of its parts. */
  public double[] numbers() {
    if (parts.isEmpty()) {
      return new double[] {lossSum, weight, batchLossSum, correct, decisions, size};
    }
    return parts.values().stream()
        .flatMapToDouble(
            part ->
                DoubleStream.concat(
                    DoubleStream.of(part.share), DoubleStream.of(part.evaluation.numbers())))
        .toArray();
  }

  /** What {@link #numbers()} gave, with the names of its parts. */
  public static Evaluation of(List<String> parts, double[] numbers, int from) {
    if (parts.isEmpty()) {
      return new Evaluation(
          numbers[from],
          numbers[from + 1],
          numbers[from + 2],
          (long) numbers[from + 3],
          (long) numbers[from + 4],
          (long) numbers[from + 5],
          Map.of());
    }
    Map<String, Part> all = new LinkedHashMap<>();
    int at = from;
    for (String name : parts) {
      all.put(name, new Part(of(List.of(), numbers, at + 1), numbers[at]));
      at += 1 + NUMBERS;
    }
    return together(all);
  }

  /**
   * Adds what other examples came to.
   *
   * @param other of the same network and loss
   * @return both together
   * @throws IllegalArgumentException when the other has other parts
   */
  public Evaluation plus(Evaluation other) {
    if (this == NONE || other == NONE) {
      return this == NONE ? other : this;
    }
    if (!parts.keySet().equals(other.parts.keySet())) {
      throw new IllegalArgumentException(
          "these are of other losses: " + parts.keySet() + " and " + other.parts.keySet());
    }
    if (!parts.isEmpty()) {
      Map<String, Part> sums = new LinkedHashMap<>();
      parts.forEach(
          (name, part) ->
              sums.put(
                  name,
                  new Part(part.evaluation.plus(other.parts.get(name).evaluation), part.share)));
      return together(sums);
    }
    return new Evaluation(
        lossSum + other.lossSum,
        weight + other.weight,
        batchLossSum + other.batchLossSum,
        correct + other.correct,
        decisions + other.decisions,
        size + other.size,
        Map.of());
  }

  /**
   * How it does in each of several losses.
   *
   * @return by the name of what has the loss, in their order; empty where there is a single loss
   */
  public Map<String, Evaluation> parts() {
    Map<String, Evaluation> each = new LinkedHashMap<>();
    parts.forEach((name, part) -> each.put(name, part.evaluation));
    return Collections.unmodifiableMap(each);
  }

  /**
   * The mean loss of an example; of a target, where one has several. What the loss ignores is left
   * out, and where classes have weights it is the weighted mean: as if all were one batch. Of
   * several losses it is the sum of these means, each as much as {@code @LossWeight} says; one in
   * which nothing counts adds nothing.
   *
   * @return in the loss' unit; nats for cross-entropy; NaN where nothing counts
   */
  public double loss() {
    return parts.isEmpty()
        ? lossSum / weight
        : parts.values().stream()
            .filter(part -> part.evaluation.weight > 0)
            .mapToDouble(part -> part.weigh(part.evaluation.loss()))
            .reduce(Double::sum)
            .orElse(Double.NaN);
  }

  /**
   * The sum of the batches' mean losses. PyTorch's MNIST tutorial prints this, over the number of
   * examples, as the "average loss"; it depends on the batch size. A batch of which nothing counts
   * has none. Of several losses it is their weighted sum.
   *
   * @return in the loss' unit
   */
  public double batchLossSum() {
    return batchLossSum;
  }

  /**
   * How many decisions are right, of all values that decide.
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
    String losses =
        parts.entrySet().stream()
            .map(
                part ->
                    String.format(
                        Locale.ROOT, "%s=%.4f", part.getKey(), part.getValue().evaluation.loss()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "Evaluation[loss=%.4f%s, %s]",
        loss(),
        losses.isEmpty() ? "" : " (" + losses + ")",
        decisions == 0 ? "size=" + size : "accuracy=" + correct + "/" + decisions);
  }
}

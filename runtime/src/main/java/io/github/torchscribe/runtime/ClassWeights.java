package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.Arrays;
import java.util.Locale;

/** What classes weigh in a loss. */
public final class ClassWeights {
  private ClassWeights() {}

  /**
   * Weights with which every class counts as much as any other, however often it occurs: size /
   * (classes · count), as scikit-learn's {@code class_weight="balanced"}.
   *
   * @param model whose loss says how many classes there are and what does not count
   * @param data with classes as targets; is gone through once
   * @return one for each class, for {@link Trainer#classWeights}; 0 for a class that never occurs
   * @throws IllegalArgumentException when the data do not fit the loss, or the targets are numbers
   */
  public static double[] balanced(Model model, Dataset data) {
    StatedLoss loss = model.engine().network().signature().requireLoss();
    return balanced(model, loss, data, only(data));
  }

  /**
   * The same for one of several losses.
   *
   * @param model says how many classes there are in that loss and what does not count
   * @param loss the name of what has it
   * @param data with classes as targets under that name; is gone through once
   * @return one for each class, for {@link Trainer#classWeights(String, double...)}
   * @throws IllegalArgumentException when there is no such loss, the data do not fit it, or the
   *     targets are numbers
   */
  public static double[] balanced(Model model, String loss, Dataset data) {
    return balanced(model, model.engine().network().signature().requireLoss(loss), data, loss);
  }

  private static double[] balanced(Model model, StatedLoss loss, Dataset data, String target) {
    TensorSpec given = data.targetSpecs().get(target);
    if (loss.targets().filter(spec -> spec.accept(given)).isEmpty()) {
      throw new IllegalArgumentException(
          "the targets are "
              + given
              + ", but "
              + model.name()
              + " takes "
              + (loss.targets().isEmpty() ? "none" : loss.takes()));
    }
    return balanced(loss.targets().get(), data, target);
  }

  /**
   * As {@link #balanced(Model, Dataset)}, where the data alone say how many classes there are; of
   * their indices only a negative one can stand for what does not count.
   *
   * @param data with classes as targets; is gone through once
   * @return one for each class, for {@link Trainer#classWeights}; 0 for a class that never occurs
   * @throws IllegalArgumentException when the targets are numbers
   */
  public static double[] balanced(Dataset data) {
    return balanced(data.targets(), data, only(data));
  }

  /** What the single part of the targets is called. */
  private static String only(Dataset data) {
    data.targets(); // says so where there are several
    return data.targetSpecs().names().get(0);
  }

  private static double[] balanced(TensorSpec classes, Dataset data, String name) {
    if (!classes.areIndices()) {
      throw new IllegalArgumentException("the targets are no classes but " + classes);
    }
    long[] counts = new long[(int) classes.count()];
    try (DataLoader loader = DataLoader.sequential(data, 1000, null, Device.cpu())) {
      for (Batch batch : loader) {
        for (long target : Longs.of(batch.target(name))) {
          if (classes.ignored().isEmpty() || target != classes.ignored().getAsLong()) {
            counts[(int) target]++;
          }
        }
      }
    }
    double all = Arrays.stream(counts).sum();
    return Arrays.stream(counts)
        .mapToDouble(count -> count == 0 ? 0 : all / (counts.length * count))
        .toArray();
  }

  static void check(String network, StatedLoss loss, double... weights) {
    if (loss.classWeights() == null) {
      throw new IllegalStateException(
          loss.text()
              + " of "
              + network
              + " weighs all classes the same; write weights into it, such as weight = {1, 1, …},"
              + " that others can replace");
    }
    if (weights.length != loss.targets().orElseThrow().count()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "there are %d weights, but %s has %d classes",
              weights.length,
              network,
              loss.targets().orElseThrow().count()));
    }
    for (double weight : weights) {
      if (!(weight >= 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException("a weight must be at least 0 but is " + weight);
      }
    }
  }
}

package io.github.torchscribe.samples.tutorial;

import static io.github.torchscribe.runtime.visdom.Options.title;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.visdom.Visdom;
import io.github.torchscribe.samples.WatchOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Six activation functions: their curves and derivatives; then the same network of six layers with
 * each, how much of the gradient reaches the first layer, and what becomes of it.
 */
@Command(
    name = "activations",
    mixinStandardHelpOptions = true,
    description = "Curves and derivatives of activations, and the vanishing gradient seen.")
public final class ActivationsSample implements Callable<Integer> {
  private static final double[] SHOWN = {-2, -1, 0, 1, 2};
  private static final double[] DRAWN =
      IntStream.rangeClosed(-40, 40).mapToDouble(i -> i / 10.0).toArray();
  private static final String[] NAMES =
      Activation.ALL.stream().map(Activation::name).toArray(String[]::new);
  private static final int BATCH = 100;
  private static final int WIDEST_BAR = 40;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Epochs that each network is trained for (default: ${DEFAULT-VALUE}).")
  private int epochs = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What weights and orders are drawn from (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private WatchOptions watch = new WatchOptions();

  @Override
  public Integer call() {
    try (Visdom viz = watch.connect()) {
      curves(viz);
      try (Mnist train = Mnist.train();
          Mnist test = Mnist.test()) {
        gradients(viz, train);
        results(viz, train, test);
      }
    }
    return 0;
  }

  private static void curves(Visdom viz) {
    print(
        "Values and derivatives. Sigmoid's derivative is at most ¼, and far from 0 nearly none.%n");
    print("  %-10s %4s %s%n", "x", "", columns(SHOWN, "%8.0f"));
    for (Activation activation : Activation.ALL) {
      double[][] shown = activation.at(SHOWN);
      print("  %-10s %4s %s%n", activation.name(), "f", columns(column(shown, 0), "%8.4f"));
      print("  %-10s %4s %s%n", "", "f'", columns(column(shown, 1), "%8.4f"));
      if (viz != null) {
        viz.line(
            activation.at(DRAWN),
            DRAWN,
            "activation " + activation.name(),
            title(activation.name()).legend("f", "f'").xlabel("x"));
      }
    }
  }

  /** Root mean squares of the gradients of each layer's weight, for the first batch. */
  private void gradients(Visdom viz, Mnist train) {
    print("%nGradient of each layer's weight, root mean square, before training%n");
    double[][] sizes = new double[Activation.ALL.size()][];
    for (int i = 0; i < sizes.length; i++) {
      try (Model model = Activation.ALL.get(i).network().apply(seed);
          DataLoader loader = DataLoader.sequential(train, BATCH, null, model.device())) {
        Batch batch = loader.iterator().next();
        model.backward(batch.inputs(), batch.targets());
        sizes[i] = weightGradients(model);
      }
      double[] own = sizes[i];
      print("  %s: the first layer gets 1/%.0f of the last one's%n", NAMES[i], last(own) / own[0]);
      for (int layer = 0; layer < own.length; layer++) {
        print("    layer %d  %.2e  %s%n", layer + 1, own[layer], bar(own[layer]));
      }
    }
    if (viz != null) {
      double[] layers = IntStream.rangeClosed(1, sizes[0].length).asDoubleStream().toArray();
      double[][] byLayer = new double[layers.length][];
      Arrays.setAll(byLayer, layer -> column(sizes, layer));
      viz.line(
          byLayer,
          layers,
          "gradients",
          title("gradient of each layer's weight")
              .legend(NAMES)
              .xlabel("layer")
              .ylabel("root mean square")
              .ytype("log"));
    }
  }

  private static double[] weightGradients(Model model) {
    try (PointerScope scope = new PointerScope()) {
      List<Parameter> parameters = model.parameters();
      scope.attach(parameters.get(0).gradient());
      return parameters.stream()
          .filter(parameter -> parameter.name().endsWith(".weight"))
          .mapToDouble(parameter -> rootMeanSquare(parameter.gradient()))
          .toArray();
    }
  }

  private static double rootMeanSquare(Tensor tensor) {
    return tensor.norm().item_double() / Math.sqrt(tensor.numel());
  }

  /** On a logarithmic scale from 1e-7 to 1. */
  private static String bar(double size) {
    double share = 1 + Math.log10(size) / 7;
    return "#".repeat((int) Math.max(0, Math.round(share * WIDEST_BAR)));
  }

  private void results(Visdom viz, Mnist train, Mnist test) {
    print("%nWhat becomes of it: on the test set after training (epochs: %d)%n", epochs);
    double[][] accuracies = new double[Activation.ALL.size()][1];
    for (int i = 0; i < accuracies.length; i++) {
      try (Model model = Activation.ALL.get(i).network().apply(seed)) {
        Trainer trainer = Trainer.of(model).epochs(epochs);
        watch.report().ifPresent(trainer::log);
        Evaluation result = trainer.run(train, test).last().evaluation();
        accuracies[i][0] = result.accuracy();
        print("  %-10s %s%n", NAMES[i], result);
      }
    }
    if (viz != null) {
      viz.bar(
          accuracies,
          "accuracies",
          title("test accuracy").rownames(List.of(NAMES)).ylabel("share"));
    }
  }

  private static double[] column(double[][] rows, int index) {
    return Arrays.stream(rows).mapToDouble(row -> row[index]).toArray();
  }

  private static double last(double[] values) {
    return values[values.length - 1];
  }

  private static String columns(double[] values, String format) {
    return Arrays.stream(values)
        .mapToObj(value -> String.format(Locale.ROOT, format, value))
        .collect(Collectors.joining(" "));
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}

package io.github.torchscribe.samples.tutorial;

import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.samples.WatchOptions;
import io.github.torchscribe.samples.mnist.MnistOptions;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Two classes, one output: why it is called regression, and why accuracy is not the loss. */
@Command(
    name = "logistic-regression",
    mixinStandardHelpOptions = true,
    description = "Tells two digits apart; why it is regression, why accuracy is not the loss.")
public final class LogisticRegressionSample implements Callable<Integer> {
  private static final int SHOWN = 6;
  private static final double[] NUDGES = {-1e-2, -1e-3, -1e-4, 0, 1e-4, 1e-3, 1e-2};

  @Option(
      names = "--digits",
      split = ",",
      paramLabel = "NO,YES",
      description = "Which two digits; the second is the yes (default: ${DEFAULT-VALUE}).")
  private long[] digits = {3, 8};

  @Mixin private MnistOptions options = new MnistOptions();
  @Mixin private WatchOptions watch = new WatchOptions();

  /** The sample, with fewer epochs than the main one has. */
  public LogisticRegressionSample() {
    options.epochs = 3;
  }

  @Override
  public Integer call() {
    check(digits);
    options.applyThreads();
    try (LogisticModel model = LogisticModel.create(options.seed);
        Mnist allTrain = options.train();
        Mnist allTest = options.test();
        Dataset train = new TwoDigits(allTrain, digits[0], digits[1]);
        Dataset test = new TwoDigits(allTest, digits[0], digits[1])) {
      model.to(options.device());
      Trainer trainer =
          Trainer.of(model)
              .epochs(options.epochs)
              .batchSize(options.batchSize)
              .learningRate(options.lr);
      watch.logs().forEach(trainer::log);
      trainer.run(train, test);
      showRegression(model, test);
      showWhyNotAccuracy(model, test);
    }
    return 0;
  }

  private void showRegression(LogisticModel model, Dataset test) {
    print(
        "Why regression: the network gives a number, the log-odds z = w·x + b of a %d,%n",
        digits[1]);
    print("and is fitted so that the probability σ(z) comes near the target, 0 or 1.%n");
    print("Only afterwards is it cut at ½ into two classes.%n");
    print("  %8s %8s %10s%n", "z", "σ(z)", "decision");
    try (PointerScope scope = new PointerScope()) {
      long[] some = new long[SHOWN];
      Arrays.setAll(some, i -> i * test.size() / SHOWN);
      Tensor input = model.device().copy(test.examples(some));
      scope.attach(input);
      Tensor z = model.forward(input);
      long[] decisions = model.predict(input);
      for (int i = 0; i < SHOWN; i++) {
        float logit = z.select(0, i).item_float();
        double probability = torch.sigmoid(z.select(0, i)).item_float();
        print("  %8.3f %8.3f %10d%n", logit, probability, digits[(int) decisions[i]]);
      }
    }
  }

  /** Accuracy does not move where the loss does: its gradient is 0 almost everywhere. */
  private static void showWhyNotAccuracy(LogisticModel model, Dataset test) {
    print("%nWhy accuracy is not the loss: the bias nudged a little, nothing else changed.%n");
    print(
        "Accuracy stays, or jumps: its gradient is 0, or there is none. The loss shows the way.%n");
    print("  %8s %14s %12s%n", "nudge", "accuracy", "loss");
    Tensor bias = model.parameters().get(1).value();
    for (double nudge : NUDGES) {
      bias.add_(new Scalar(nudge));
      Evaluation evaluation = model.evaluate(test);
      bias.sub_(new Scalar(nudge));
      print(
          "  %+8.4f %9d/%d %12.8f%n",
          nudge, evaluation.correct(), evaluation.decisions(), evaluation.loss());
    }
  }

  private static void check(long[] digits) {
    boolean two = digits.length == 2 && digits[0] != digits[1];
    for (long digit : digits) {
      two &= digit >= 0 && digit <= 9;
    }
    if (!two) {
      throw new IllegalArgumentException(
          "--digits takes two different digits from 0 to 9, for example 3,8");
    }
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}

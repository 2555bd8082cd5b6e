package io.github.torchscribe.samples;

import io.github.torchscribe.runtime.Device;
import io.github.torchscribe.samples.mnist.CnnSample;
import io.github.torchscribe.samples.mnist.MnistSample;
import io.github.torchscribe.samples.mnist.MnistTensorsSample;
import io.github.torchscribe.samples.mnist.ResnetSample;
import io.github.torchscribe.samples.mnist.SiameseSample;
import io.github.torchscribe.samples.mnist.VisdomSample;
import io.github.torchscribe.samples.serve.ServeSample;
import io.github.torchscribe.samples.tables.RegressionSample;
import io.github.torchscribe.samples.text.GptSample;
import io.github.torchscribe.samples.tutorial.ActivationsSample;
import io.github.torchscribe.samples.tutorial.CrossEntropySample;
import io.github.torchscribe.samples.tutorial.DevicesSample;
import io.github.torchscribe.samples.tutorial.EntropySample;
import io.github.torchscribe.samples.tutorial.LogisticRegressionSample;
import io.github.torchscribe.samples.tutorial.ModelTestingSample;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs the sample that {@code -Dsample=NAME} asks for, {@code mnist} otherwise. */
public final class Samples {
  private static final List<String> NAMES =
      List.of(
          "activations",
          "cnn",
          "cross-entropy",
          "devices",
          "entropy",
          "gpt",
          "logistic-regression",
          "mnist",
          "mnist-tensors",
          "model-testing",
          "regression",
          "resnet",
          "serve",
          "siamese",
          "visdom");

  private Samples() {}

  /**
   * Runs a sample.
   *
   * @param args the sample's options
   */
  public static void main(String[] args) {
    int status = run(System.getProperty("sample", "mnist"), args);
    if (status != 0) {
      System.exit(status);
    }
  }

  static int run(String name, String... args) {
    if (name.equals("list")) {
      NAMES.forEach(each -> System.out.println(line(each, sample(each))));
      return 0;
    }
    if (!NAMES.contains(name)) {
      System.err.println("unknown sample '" + name + "'; there are " + String.join(", ", NAMES));
      return CommandLine.ExitCode.USAGE;
    }
    if (!List.of(args).contains("--help")) {
      Device.loadAhead(); // while the options are read
    }
    return new CommandLine(sample(name))
        .setExecutionExceptionHandler(Samples::explain)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args);
  }

  /** Not a map of all of them, whose classes would be loaded for nothing. */
  private static Callable<Integer> sample(String name) {
    return switch (name) {
      case "activations" -> new ActivationsSample();
      case "cnn" -> new CnnSample();
      case "cross-entropy" -> new CrossEntropySample();
      case "devices" -> new DevicesSample();
      case "entropy" -> new EntropySample();
      case "gpt" -> new GptSample();
      case "logistic-regression" -> new LogisticRegressionSample();
      case "mnist" -> new MnistSample();
      case "mnist-tensors" -> new MnistTensorsSample();
      case "model-testing" -> new ModelTestingSample();
      case "regression" -> new RegressionSample();
      case "resnet" -> new ResnetSample();
      case "serve" -> new ServeSample();
      case "siamese" -> new SiameseSample();
      case "visdom" -> new VisdomSample();
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** What went wrong, in one line; the stack only where it was asked for. */
  private static int explain(Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) {
    System.err.println(commandLine.getColorScheme().errorText(String.valueOf(e.getMessage())));
    if (Boolean.getBoolean("torchscribe.stacktraces")) {
      e.printStackTrace();
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String line(String name, Callable<Integer> sample) {
    String[] description = new CommandLine(sample).getCommandSpec().usageMessage().description();
    return String.format("%-19s %s", name, description.length == 0 ? "" : description[0]);
  }
}

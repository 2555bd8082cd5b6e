package io.github.torchscribe.samples;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Runs the sample that {@code -Dsample=NAME} asks for, {@code mnist} otherwise. */
public final class Samples {
  private static final Map<String, Supplier<Callable<Integer>>> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("activations", ActivationsSample::new),
              Map.entry("cnn", CnnSample::new),
              Map.entry("cross-entropy", CrossEntropySample::new),
              Map.entry("devices", DevicesSample::new),
              Map.entry("entropy", EntropySample::new),
              Map.entry("gpt", GptSample::new),
              Map.entry("logistic-regression", LogisticRegressionSample::new),
              Map.entry("mnist", MnistSample::new),
              Map.entry("mnist-tensors", MnistTensorsSample::new),
              Map.entry("model-testing", ModelTestingSample::new),
              Map.entry("regression", RegressionSample::new),
              Map.entry("resnet", ResnetSample::new),
              Map.entry("serve", ServeSample::new),
              Map.entry("siamese", SiameseSample::new),
              Map.entry("visdom", VisdomSample::new)));

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
      ALL.forEach((sample, maker) -> System.out.println(line(sample, maker.get())));
      return 0;
    }
    Supplier<Callable<Integer>> maker = ALL.get(name);
    if (maker == null) {
      System.err.println(
          "unknown sample '" + name + "'; there are " + String.join(", ", ALL.keySet()));
      return CommandLine.ExitCode.USAGE;
    }
    return new CommandLine(maker.get())
        .setExecutionExceptionHandler(Samples::explain)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args);
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

package io.github.torchscribe.samples;

import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.samples.dates.TranslateSample;
import io.github.torchscribe.samples.games.DqnSample;
import io.github.torchscribe.samples.gan.GanSample;
import io.github.torchscribe.samples.mnist.CnnSample;
import io.github.torchscribe.samples.mnist.MnistSample;
import io.github.torchscribe.samples.mnist.MnistTensorsSample;
import io.github.torchscribe.samples.mnist.MultitaskSample;
import io.github.torchscribe.samples.mnist.ResnetSample;
import io.github.torchscribe.samples.mnist.SiameseSample;
import io.github.torchscribe.samples.mnist.VisdomSample;
import io.github.torchscribe.samples.pictures.UnetSample;
import io.github.torchscribe.samples.sentences.FinetuneSample;
import io.github.torchscribe.samples.sentences.SentencesSample;
import io.github.torchscribe.samples.serve.ServeSample;
import io.github.torchscribe.samples.tables.DatabaseSample;
import io.github.torchscribe.samples.tables.RegressionSample;
import io.github.torchscribe.samples.tables.SearchSample;
import io.github.torchscribe.samples.tables.TabularSample;
import io.github.torchscribe.samples.text.GptSample;
import io.github.torchscribe.samples.tutorial.ActivationsSample;
import io.github.torchscribe.samples.tutorial.CrossEntropySample;
import io.github.torchscribe.samples.tutorial.DevicesSample;
import io.github.torchscribe.samples.tutorial.EntropySample;
import io.github.torchscribe.samples.tutorial.LogisticRegressionSample;
import io.github.torchscribe.samples.tutorial.ModelTestingSample;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs the sample that {@code -Dsample=NAME} asks for, {@code mnist} otherwise. */
public final class Samples {
  /** Not ways to make them, each of which would be a class made at every start. */
  private static final Map<String, Class<? extends Callable<Integer>>> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("activations", ActivationsSample.class),
              Map.entry("cnn", CnnSample.class),
              Map.entry("cross-entropy", CrossEntropySample.class),
              Map.entry("database", DatabaseSample.class),
              Map.entry("devices", DevicesSample.class),
              Map.entry("dqn", DqnSample.class),
              Map.entry("entropy", EntropySample.class),
              Map.entry("finetune", FinetuneSample.class),
              Map.entry("gan", GanSample.class),
              Map.entry("gpt", GptSample.class),
              Map.entry("logistic-regression", LogisticRegressionSample.class),
              Map.entry("mnist", MnistSample.class),
              Map.entry("mnist-tensors", MnistTensorsSample.class),
              Map.entry("model-testing", ModelTestingSample.class),
              Map.entry("multitask", MultitaskSample.class),
              Map.entry("regression", RegressionSample.class),
              Map.entry("resnet", ResnetSample.class),
              Map.entry("search", SearchSample.class),
              Map.entry("sentences", SentencesSample.class),
              Map.entry("serve", ServeSample.class),
              Map.entry("siamese", SiameseSample.class),
              Map.entry("tabular", TabularSample.class),
              Map.entry("translate", TranslateSample.class),
              Map.entry("unet", UnetSample.class),
              Map.entry("visdom", VisdomSample.class)));

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
      ALL.forEach((sample, type) -> System.out.println(line(sample, type)));
      return 0;
    }
    Class<?> sample = ALL.get(name);
    if (sample == null) {
      System.err.println(
          "unknown sample '" + name + "'; there are " + String.join(", ", ALL.keySet()));
      return CommandLine.ExitCode.USAGE;
    }
    if (!List.of(args).contains("--help")) {
      Device.loadAhead(); // while the options are read
    }
    return new CommandLine(sample)
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

  private static String line(String name, Class<?> sample) {
    String[] description = new CommandLine(sample).getCommandSpec().usageMessage().description();
    // A description of picocli's is a format, too: "99 %%".
    return String.format(
        Locale.ROOT, "%-19s " + (description.length == 0 ? "" : description[0]), name);
  }
}

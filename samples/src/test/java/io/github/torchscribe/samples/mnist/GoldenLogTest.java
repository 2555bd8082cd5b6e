package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.log.ConsoleLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * The log of a run against that of the Python program with the same seed ({@code
 * parity/mnist_mlp.py}). By default the first epoch; {@code mvn verify -Dlong.tests=true} compares
 * all that was logged, up to ten.
 */
class GoldenLogTest {
  private static final boolean LONG = Boolean.getBoolean("long.tests");

  /** Floating point adds up in another order in another BLAS; later epochs drift apart. */
  private static final double LOSS_TOLERANCE = 0.002;

  private static final int COMPARED_EPOCHS = 2;
  private static final long ACCURACY_TOLERANCE = 15;

  private static final Pattern STEP =
      Pattern.compile("(Train epoch: (\\d+) \\[.*%\\)\\]\\tLoss: )(\\d+\\.\\d{6})");
  private static final Pattern TEST =
      Pattern.compile("Test set: Average loss: 0\\.\\d{4}, Accuracy: (\\d+)/10000 \\(\\d+%\\)");

  @ParameterizedTest
  @CsvSource({
    "kaiming_normal, 1, 10",
    "kaiming_normal, 2, 2",
    "kaiming_normal, 2026, 2",
    "default, 1, 10",
    "default, 2, 2",
    "default, 2026, 2",
    "tensors, 1, 10",
    "tensors, 2, 2",
    "tensors, 2026, 2"
  })
  void equalsPythons(String mode, long seed, int logged) throws IOException {
    int epochs = LONG ? logged : 1;
    List<String> expected = golden(mode, seed, logged);
    List<String> actual = run(mode, seed, epochs);

    int lines = epochs * expected.size() / logged;
    assertEquals(lines, actual.size());
    for (int i = 0; i < lines; i++) {
      compare(expected.get(i), actual.get(i));
    }
  }

  /** The first epoch and the last: what the README leaves out stands where its "…" is. */
  @Test
  void readmeShowsIt() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    Matcher block = Pattern.compile("(?s)What it prints.*?```prints\n(.*?)```").matcher(readme);
    assertTrue(block.find());
    List<String> shown = block.group(1).lines().toList();
    List<String> expected = golden("kaiming_normal", 1, 10);
    int ofEpoch = expected.size() / 10;
    assertEquals("…", shown.get(ofEpoch));
    for (int i = 0; i < ofEpoch; i++) {
      compare(expected.get(i), shown.get(i));
      compare(expected.get(9 * ofEpoch + i), shown.get(ofEpoch + 2 + i));
    }
  }

  private static void compare(String expected, String actual) {
    Matcher theirs = STEP.matcher(expected);
    Matcher ours = STEP.matcher(actual);
    if (theirs.matches()) {
      assertEquals(true, ours.matches(), actual);
      assertEquals(theirs.group(1), ours.group(1));
      if (Integer.parseInt(theirs.group(2)) < COMPARED_EPOCHS) {
        assertEquals(
            Double.parseDouble(theirs.group(3)),
            Double.parseDouble(ours.group(3)),
            LOSS_TOLERANCE,
            actual);
      }
      return;
    }
    Matcher theirTest = TEST.matcher(expected);
    if (theirTest.matches()) {
      Matcher ourTest = TEST.matcher(actual);
      assertEquals(true, ourTest.matches(), actual);
      assertEquals(
          Long.parseLong(theirTest.group(1)),
          Long.parseLong(ourTest.group(1)),
          ACCURACY_TOLERANCE,
          actual);
      return;
    }
    assertEquals(expected, actual);
  }

  private static List<String> run(String mode, long seed, int epochs) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      switch (mode) {
        case "kaiming_normal" -> sample(new CommandLine(new MnistSample()), seed, epochs);
        case "tensors" -> sample(new CommandLine(new MnistTensorsSample()), seed, epochs);
        default -> trainDefault(seed, epochs);
      }
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static void sample(CommandLine sample, long seed, int epochs) {
    assertEquals(0, sample.execute("--seed", "" + seed, "--epochs", "" + epochs, "--no-report"));
  }

  private static void trainDefault(long seed, int epochs) {
    try (Model model = MlpDefaultModel.create(seed);
        Mnist train = Mnist.train();
        Mnist test = Mnist.test()) {
      Trainer.of(model).epochs(epochs).log(new ConsoleLog()).run(train, test);
    }
  }

  private static List<String> golden(String mode, long seed, int logged) throws IOException {
    String name = "/golden/" + mode + "." + seed + ".txt";
    try (InputStream in = GoldenLogTest.class.getResourceAsStream(name)) {
      String call = "python parity/mnist_mlp.py " + mode + " " + seed + " " + logged + " ROOT";
      assertNotNull(in, name + " is missing: " + call + " prints it; ROOT/MNIST/raw has the files");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}

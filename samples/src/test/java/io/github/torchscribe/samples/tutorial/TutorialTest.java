package io.github.torchscribe.samples.tutorial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The numbers that the tutorial's samples print; those drawn from a seed are Python's. */
class TutorialTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[0.25, 0.25, 0.25, 0.25]     | 2.0000",
        "[0.1, 0.1, 0.1, 0.7]         | 1.3568",
        "[0.001, 0.001, 0.001, 0.997] | 0.0342",
        "[0.125, 0.875, 0.0]          | 0.5436",
        "by hand                      | 0.279777",
        "by libtorch                  | 0.279777",
        "cross-entropy                | 0.356675",
        "KL divergence                | 0.356675",
        "-8.0                         | -0.999665 -0.000670",
        "0.0                          | -0.500000 -0.250000"
      })
  void entropy(String what, String value) {
    String output = run(new EntropySample(), "--p", "0.125,0.875,0");
    assertTrue(
        output.lines().map(TutorialTest::squeezed).anyMatch((what + " " + value)::equals), output);
  }

  @Test
  void entropyRefusesWhatIsNoDistribution() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> {
              EntropySample sample = new EntropySample();
              new CommandLine(sample).parseArgs("--p", "0.5,0.6");
              sample.call();
            });
    assertTrue(e.getMessage().startsWith("--p must be probabilities that sum to 1"));
  }

  @Test
  void crossEntropy() {
    String output = squeezed(run(new CrossEntropySample()));
    for (String expected :
        new String[] {
          "cross_entropy(y) 47.8535 nll_loss(log(softmax(y))) 47.8535 nll_loss(log_softmax(y)) 47.8535",
          "cross_entropy(y) 2000.0000 nll_loss(log(softmax(y))) Infinity nll_loss(log_softmax(y))"
              + " 2000.0000"
        }) {
      assertTrue(output.contains(expected), output);
    }
  }

  @Test
  void devices() {
    String output = run(new DevicesSample());
    assertTrue(output.contains("gives the same model"), output);
    assertTrue(output.contains("back on cpu"), output);
    assertTrue(output.contains("cuda(0): "), output);
  }

  @Test
  void modelTesting() {
    String output = run(new ModelTestingSample());
    assertTrue(output.contains("argmax(1):          [5, 8, 9, 1]"), output);
    assertTrue(output.contains("[0.7998586, 0.93708336, 0.80996025, 0.97427773]"), output);
    assertTrue(output.contains("accuracy:           0.00"), output);
    int correct = Integer.parseInt(output.replaceAll("(?s).*accuracy=(\\d+)/10000.*", "$1"));
    assertEquals(9037, correct, 15); // Python's program after its first epoch
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", " ").trim();
  }

  private static String run(Callable<Integer> sample, String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, new CommandLine(sample).execute(arguments));
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}

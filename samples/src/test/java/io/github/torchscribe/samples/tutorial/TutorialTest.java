package io.github.torchscribe.samples.tutorial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.samples.Printed;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    String output = Printed.by(new EntropySample(), "--p", "0.125,0.875,0");
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
    String output = squeezed(Printed.by(new CrossEntropySample()));
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
    String output = Printed.by(new DevicesSample());
    assertTrue(output.contains("gives the same model"), output);
    assertTrue(output.contains("back on cpu"), output);
    assertTrue(output.contains("cuda(0): "), output);
  }

  @Test
  void modelTesting() {
    String output = Printed.by(new ModelTestingSample());
    assertTrue(output.contains("argmax(1):          [5, 8, 9, 1]"), output);
    assertTrue(output.contains("[0.7998586, 0.93708336, 0.80996025, 0.97427773]"), output);
    assertTrue(output.contains("accuracy:           0.00"), output);
    int correct = Integer.parseInt(output.replaceAll("(?s).*accuracy=(\\d+)/10000.*", "$1"));
    assertEquals(9037, correct, 15); // Python's program after its first epoch
  }

  /** The numbers are those of parity/logistic_regression.py 1 2 3 8. */
  @Test
  void logisticRegression() {
    String output = Printed.by(new LogisticRegressionSample(), "--epochs", "2");
    for (String expected :
        new String[] {
          "Train epoch: 0 [0/11982 (0%)]\tLoss: 0.741111",
          "Train epoch: 1 [0/11982 (0%)]\tLoss: 0.199810",
          "Accuracy: 1889/1984 (95%)",
          "Accuracy: 1911/1984 (96%)"
        }) {
      assertTrue(output.contains(expected), output);
    }
    List<String> nudged =
        output.lines().map(TutorialTest::squeezed).filter(l -> l.contains("/1984 0.")).toList();
    assertEquals(7, nudged.size());
    assertTrue(nudged.get(3).startsWith("+0.0000 1911/1984 0.1414"), nudged.get(3));
    List<String> near = nudged.subList(2, 5);
    assertEquals(1, near.stream().map(l -> l.split(" ")[1]).distinct().count(), "accuracy stays");
    assertEquals(3, near.stream().map(l -> l.split(" ")[2]).distinct().count(), "loss moves");
  }

  @Test
  void logisticRegressionRefusesOtherDigits() {
    for (String digits : new String[] {"3,3", "3", "3,12", "1,2,3"}) {
      LogisticRegressionSample sample = new LogisticRegressionSample();
      new CommandLine(sample).parseArgs("--digits", digits);
      IllegalArgumentException e = assertThrows(IllegalArgumentException.class, sample::call);
      assertEquals(
          "--digits takes two different digits from 0 to 9, for example 3,8", e.getMessage());
    }
  }

  @Test
  void activations() {
    String output = Printed.by(new ActivationsSample(), "--no-report");
    String squeezed = squeezed(output);
    assertTrue(squeezed.contains("Sigmoid f 0.1192 0.2689 0.5000 0.7311 0.8808"), output);
    assertTrue(squeezed.contains("f' 0.1050 0.1966 0.2500 0.1966 0.1050"), output);
    assertTrue(squeezed.contains("SELU f -1.5202 -1.1113 0.0000 1.0507 2.1014"), output);
    assertTrue(vanishing(output, "Sigmoid") > 10_000, output);
    assertTrue(vanishing(output, "ReLU") < 20, output);
    assertTrue(accuracy(output, "Sigmoid") < 1_500, output);
    for (String learns : new String[] {"Tanh", "ReLU", "LeakyReLU", "SELU"}) {
      assertTrue(accuracy(output, learns) > 9_000, output);
    }
  }

  private static int vanishing(String output, String name) {
    return number(output, " " + name + ": the first layer gets 1/(\\d+) of");
  }

  private static int accuracy(String output, String name) {
    return number(output, " " + name + " +Evaluation\\[loss=[\\d.]+, accuracy=(\\d+)/10000");
  }

  private static int number(String output, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(output);
    assertTrue(found.find(), output);
    return Integer.parseInt(found.group(1));
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", " ").trim();
  }
}

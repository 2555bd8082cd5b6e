package io.github.torchscribe.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line: help, lists, and errors in one line. */
class SamplesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist", "mnist-tensors"})
  void explainsItself(String sample) {
    assertEquals(0, Samples.run(sample, "--help"));
    for (String option :
        new String[] {
          "--epochs", "--batch-size", "--lr", "--seed", "--device", "--data", "--threads"
        }) {
      assertTrue(out().contains(option), option);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mnist",
        "mnist-tensors",
        "logistic-regression",
        "activations",
        "model-testing",
        "cnn",
        "resnet",
        "gpt",
        "finetune",
        "regression",
        "multitask",
        "siamese",
        "translate",
        "unet"
      })
  void whatTrainsCanBeWatched(String sample) {
    assertEquals(0, Samples.run(sample, "--help"));
    for (String option : new String[] {"--visdom", "--runs", "--no-report"}) {
      assertTrue(out().contains(option), option);
    }
  }

  @Test
  void saysThatThereIsNoVisdomServer() {
    assertEquals(1, Samples.run("visdom", "--server", "http://127.0.0.1:1"), this::err);
    assertTrue(err().contains("no Visdom server at http://127.0.0.1:1/"), this::err);
  }

  @Test
  void listsTheSamples() {
    assertEquals(0, Samples.run("list"));
    assertTrue(out().contains("mnist-tensors       The same network by hand"), this::out);
  }

  private List<String> listed() {
    assertEquals(0, Samples.run("list"));
    return out().lines().map(line -> line.replaceAll(" .*", "")).toList();
  }

  @Test
  void namesTheSamplesWhenAskedForAnother() {
    assertEquals(2, Samples.run("minst"));
    assertEquals("unknown sample 'minst'; there are " + String.join(", ", listed()) + "\n", err());
  }

  @Test
  void theReadmeHasThemAll() throws IOException {
    List<String> samples = listed();
    assertTrue(samples.contains("mnist"), samples::toString);
    String readme = Files.readString(Path.of("../README.md"));
    for (String sample : samples) {
      assertTrue(readme.contains("\n| `" + sample + "` |"), sample);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--epoch 3        | 2 | Unknown options: '--epoch', '3'",
        "--epochs many    | 2 | Invalid value for option '--epochs'",
        "--epochs 0       | 1 | the number of epochs must be at least 1 but is 0",
        "--batch-size -1  | 1 | the batch size must be at least 1 but is -1",
        "--lr 0           | 1 | the learning rate must be a number above 0 but is 0.0",
        "--lr NaN         | 1 | the learning rate must be a number above 0 but is NaN",
        "--threads 0      | 1 | the number of threads must be at least 1 but is 0",
        "--device tpu     | 1 | unknown device 'tpu': give cpu, cuda, cuda:INDEX or best",
        "--data /nowhere  | 1 | /nowhere is no folder; train-images-idx3-ubyte",
        "--lr 1e30        | 1 | Mlp: the loss became"
      })
  void saysWhatIsWrong(String arguments, int status, String message) {
    assertEquals(status, Samples.run("mnist", arguments.split(" ")), this::err);
    assertTrue(err().contains(message), this::err);
    assertTrue(!err().contains("\tat "), this::err);
  }
}

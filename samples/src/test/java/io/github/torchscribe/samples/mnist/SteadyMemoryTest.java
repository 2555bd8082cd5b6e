package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.samples.tools.Java;
import io.github.torchscribe.samples.tools.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/**
 * 10,000 steps in a JVM whose garbage collector never collects: what a step allocates natively and
 * does not free itself stays, and shows. By default with batches of 20, with {@code
 * -Dlong.tests=true} of 200.
 */
class SteadyMemoryTest {
  private static final int STEPS = 10_000;

  /** After some hundred steps nothing grows any more. */
  private static final int WARM_UP = 2_000;

  /** A third of a kilobyte for each step. */
  private static final long MOST_KILOBYTES = (STEPS - WARM_UP) / 3;

  @Test
  void aStepFreesWhatItAllocates() throws Exception {
    assumeTrue(Memory.isKnown(), "reads Linux' /proc");
    List<String> command =
        Java.command(SteadyMemoryTest.class, Boolean.getBoolean("long.tests") ? "200" : "20");
    command.remove("-XX:+UseSerialGC"); // there can be one collector
    command.addAll(
        1,
        List.of(
            "-XX:TieredStopAtLevel=1", // the second compiler takes some megabytes, at any time
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:+UseEpsilonGC",
            "-Xms1g",
            "-Xmx1g",
            "-XX:+AlwaysPreTouch"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertEquals(0, process.waitFor());
    System.out.println(output);
    long grown = Long.parseLong(output.replaceAll("(?s).*grew by (-?\\d+) kB.*", "$1"));
    assertTrue(grown < MOST_KILOBYTES, output);
  }

  /**
   * Trains and prints how much the resident memory grew.
   *
   * @param args the batch size
   * @throws IOException when the memory cannot be read
   */
  public static void main(String[] args) throws IOException {
    int batch = Integer.parseInt(args[0]);
    Tensor inputs = torch.randn(batch, 1, 28, 28);
    Tensor targets =
        torch.randint(10, new long[] {batch}, new TensorOptions(torch.ScalarType.Long));
    try (Model model = MlpModel.create()) {
      long before = 0;
      for (int step = 0; step < STEPS; step++) {
        if (step == WARM_UP) {
          before = Memory.residentKilobytes();
        }
        model.step(inputs, targets);
      }
      System.out.printf(
          Locale.ROOT,
          "%d steps of %d examples: resident memory grew by %d kB, to %d kB%n",
          STEPS - WARM_UP,
          batch,
          Memory.residentKilobytes() - before,
          Memory.residentKilobytes());
    }
  }
}

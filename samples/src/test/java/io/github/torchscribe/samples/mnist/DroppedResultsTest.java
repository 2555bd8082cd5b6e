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
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results that are neither closed nor in a scope, 42 MB each. */
class DroppedResultsTest {
  private static final int RESULTS = 85;
  private static final int WARM_UP = 15;
  private static final int EXAMPLES = 10_240;

  /**
   * At most half of the heap, four times that if the collector is slow; all are 3,500 MB, and were
   * 5,000. How late the collector is, is chance: where it was too late, another process may show
   * it.
   */
  @ParameterizedTest
  @CsvSource({"256m, 1000", "1g, 2300"})
  void doNotPileUpUntilTheCollectorComesByItself(String heap, long mostMegabytes) throws Exception {
    assumeTrue(Memory.isKnown(), "reads Linux' /proc");
    long grown = grown(heap);
    assertTrue(grown < mostMegabytes || grown(heap) < mostMegabytes, () -> grown + " MB");
  }

  private static long grown(String heap) throws Exception {
    List<String> command = Java.command(DroppedResultsTest.class);
    command.add(1, "-Xmx" + heap);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertEquals(0, process.waitFor());
    System.out.println(output + " with a heap of " + heap);
    return Long.parseLong(output.replaceAll("(?s).*grew by (\\d+) MB.*", "$1"));
  }

  /**
   * Drops results and prints how much the resident memory grew at most.
   *
   * @param args none
   * @throws IOException when the memory cannot be read
   */
  public static void main(String[] args) throws IOException {
    try (Model model = WideModel.create()) {
      Tensor input = torch.rand(EXAMPLES, 1_024);
      for (int i = 0; i < WARM_UP; i++) { // what threads keep for their next step
        model.forward(input).close();
      }
      long before = Memory.residentKilobytes();
      long most = 0;
      for (int i = 0; i < RESULTS; i++) {
        model.forward(input);
        most = Math.max(most, Memory.residentKilobytes() - before);
      }
      System.out.printf(
          Locale.ROOT, "%d dropped results: resident memory grew by %d MB", RESULTS, most >> 10);
    }
  }
}

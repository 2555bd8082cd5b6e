package io.github.torchscribe.samples.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SIGINT and SIGTERM do to a run. */
@InProcesses
class SignalTest {
  private static final int EXAMPLES = 4000;

  /** What a run comes to that nothing befalls. */
  private static byte[] expected;

  @TempDir private Path folder;

  @BeforeAll
  static void runWhole(@TempDir Path place) throws Exception {
    Path weights = place.resolve("expected.safetensors");
    Process whole = start(place.resolve("whole"), weights, 0);
    whole.getInputStream().readAllBytes();
    assertEquals(0, whole.waitFor());
    expected = Files.readAllBytes(weights);
  }

  /** What gets the signals. */
  static final class Victim {
    private Victim() {}

    /**
     * Trains, and says each step.
     *
     * @param args folder of the checkpoints, file of the final weights, milliseconds of a step
     */
    public static void main(String[] args) {
      // A log that has been written to is closed when the process ends, beside what is said then.
      System.getLogger("some").log(System.Logger.Level.INFO, "the log is open");
      try (PointerScope scope = new PointerScope();
          Model model = RestlessModel.create()) {
        torch.manual_seed(1);
        Tensor inputs = torch.randn(EXAMPLES, 2);
        scope.attach(inputs);
        Tensor targets = torch.zeros(EXAMPLES).to(torch.ScalarType.Long);
        scope.attach(targets);
        Dataset data = new TensorDataset(inputs, targets);
        History history =
            Trainer.of(model)
                .epochs(1)
                .batchSize(20)
                .checkpoints(Checkpoints.in(Path.of(args[0])))
                .resume()
                .stopOnSignal()
                .log(
                    new TrainingLog() {
                      @Override
                      public void step(Step step) {
                        System.out.println("step " + step.number());
                        try {
                          Thread.sleep(Long.parseLong(args[2]));
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                      }
                    })
                .run(data, data);
        System.out.println("the run's end: " + history.end());
        if (history.end() == History.End.COMPLETE) {
          model.save(Path.of(args[1]));
        }
      }
    }
  }

  private static Process start(Path checkpoints, Path weights, int milliseconds)
      throws IOException {
    return new ProcessBuilder(
            Java.command(
                Victim.class,
                checkpoints.toString(),
                weights.toString(),
                String.valueOf(milliseconds)))
        .redirectErrorStream(true)
        .start();
  }

  private static void signal(String name, Process process) throws Exception {
    assertEquals(
        0, new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor());
  }

  private static String readUntil(BufferedReader output, String begin) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      seen.append(line).append('\n');
      if (line.startsWith(begin) || line.startsWith("INFO: " + begin)) {
        return seen.toString();
      }
    }
    throw new AssertionError("no '" + begin + "' in " + seen);
  }

  /** A shell that starts a background job lets it ignore SIGINT, and so do all that it starts. */
  private static boolean hearsInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return true;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) == 0;
      }
    }
    return true;
  }

  private void endsAfterTheStep(String signal, int status) throws Exception {
    Path actual = folder.resolve("actual.safetensors");
    Path checkpoints = folder.resolve("checkpoints");
    Process stopped = start(checkpoints, actual, 5);
    try (BufferedReader output = stopped.inputReader(StandardCharsets.UTF_8)) {
      readUntil(output, "step 30");
      signal(signal, stopped);
      String rest = readUntil(output, "the run's end: STOPPED");
      assertTrue(rest.contains("Stopping after this step; a second signal stops at once."), rest);
      assertTrue(rest.lines().filter(line -> line.startsWith("step ")).count() < 100, rest);
    }
    assertEquals(status, stopped.waitFor());
    assertFalse(Files.exists(actual));

    Process resumed = start(checkpoints, actual, 0);
    String output = new String(resumed.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, resumed.waitFor(), output);
    assertFalse(output.contains("step 30\n"), output);
    assertArrayEquals(expected, Files.readAllBytes(actual));
  }

  @Test
  void terminationEndsTheRunAfterTheStep() throws Exception {
    endsAfterTheStep("TERM", 143);
  }

  @Test
  void anInterruptEndsTheRunAfterTheStep() throws Exception {
    assumeTrue(hearsInterrupts(), "SIGINT is ignored here");
    endsAfterTheStep("INT", 130);
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    Process stuck = start(folder.resolve("stuck"), folder.resolve("none"), 120_000);
    try (BufferedReader output = stuck.inputReader(StandardCharsets.UTF_8)) {
      readUntil(output, "step 0");
      signal("TERM", stuck);
      readUntil(output, "Stopping after this step");
      assertFalse(stuck.waitFor(300, TimeUnit.MILLISECONDS), "the step is not over");
      Thread.sleep(200); // the second signal's handler comes right after the line
      signal("TERM", stuck);
      assertTrue(stuck.waitFor(10, TimeUnit.SECONDS), "it did not end");
      assertEquals(130, stuck.exitValue());
    } finally {
      stuck.destroyForcibly();
    }
  }
}

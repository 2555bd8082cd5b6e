package io.github.torchscribe.samples.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.samples.Wrapped;
import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code System.exit} does to a run that stops on a signal. */
@InProcesses
class ExitTest {
  private static final int STATUS = 7;

  @TempDir private Path folder;

  /** What ends itself. */
  static final class Victim {
    private Victim() {}

    /**
     * Trains, and calls {@code System.exit} somewhere.
     *
     * @param args where, folder of the checkpoints
     */
    public static void main(String[] args) {
      String where = args[0];
      try (PointerScope scope = new PointerScope();
          Model model = RestlessModel.create()) {
        Dataset data = Points.of(1, 200);
        scope.attach(data.examples(0));
        Trainer.of(model)
            .epochs(1000)
            .checkpoints(Checkpoints.in(Path.of(args[1])))
            .stopOnSignal()
            .log(
                new TrainingLog() {
                  @Override
                  public void step(Step step) {
                    if (where.equals("step") && step.number() == 3) {
                      System.exit(STATUS);
                    }
                    if (where.equals("elsewhere") && step.epoch() == 0 && step.number() == 3) {
                      new Thread(() -> System.exit(STATUS)).start();
                    }
                  }

                  @Override
                  public void ended(Optional<Throwable> failure) {
                    System.out.println("the run has ended");
                  }
                })
            .run(where.equals("data") ? new Exiting(data) : data, data);
      }
    }
  }

  /** Data that are read ahead, by a thread that the run waits for. */
  private record Exiting(Dataset data) implements Wrapped {
    @Override
    public boolean takesTime() {
      return true;
    }

    @Override
    public void gather(Tensor indices, Tensor inputs, Tensor targets) {
      if (indices.eq(new org.bytedeco.pytorch.Scalar(77)).any().item_bool()) {
        System.exit(STATUS);
      }
      data.gather(indices, inputs, targets);
    }
  }

  private String outputOf(String where) throws Exception {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(Java.command(Victim.class, where, folder.resolve("run").toString()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it hangs");
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertEquals(STATUS, process.exitValue(), said);
    return said;
  }

  @ParameterizedTest
  @ValueSource(strings = {"step", "data"})
  void whoTheRunWaitsForIsNotMadeToWaitForIt(String where) throws Exception {
    String said = outputOf(where);
    assertFalse(said.contains("Stopping after this step"), said);
  }

  @Test
  void anotherThreadsExitWaitsForTheStepAndItsCheckpoint() throws Exception {
    String said = outputOf("elsewhere");
    assertTrue(said.contains("the run has ended"), said);
    String[] files = folder.resolve("run").toFile().list((place, name) -> name.startsWith("step-"));
    assertTrue(files.length > 0, () -> Arrays.toString(files));
  }
}

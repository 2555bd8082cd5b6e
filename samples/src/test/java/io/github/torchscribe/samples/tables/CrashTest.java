package io.github.torchscribe.samples.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.file.CheckpointFile;
import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes a checkpoint after every step is killed at random moments and goes on each
 * time: what it ends with is what it would have ended with. A few times, or, with {@code
 * -Dlong.tests=true}, a hundred.
 */
@InProcesses
class CrashTest {
  private static final boolean LONG = Boolean.getBoolean("long.tests");
  private static final int KILLS = LONG ? 100 : 3;
  private static final int EPOCHS = LONG ? 30 : 2;
  private static final int EXAMPLES = LONG ? 20_000 : 12_000;

  @TempDir private Path folder;

  /** What is killed: trains, writes a checkpoint after every step, at the end its weights. */
  static final class Victim {
    private Victim() {}

    /**
     * Trains.
     *
     * @param args folder of the checkpoints, file of the final weights, examples, epochs
     */
    public static void main(String[] args) {
      try (PointerScope scope = new PointerScope();
          Model model = RestlessModel.create()) {
        torch.manual_seed(1);
        long examples = Long.parseLong(args[2]);
        Tensor inputs = torch.randn(examples, 2);
        scope.attach(inputs);
        Dataset data = new TensorDataset(inputs, torch.zeros(examples).to(torch.ScalarType.Long));
        Trainer trainer = Trainer.of(model).epochs(Integer.parseInt(args[3]));
        if (!args[0].isEmpty()) {
          trainer.checkpoints(Checkpoints.in(Path.of(args[0])).everySteps(1)).resume();
        }
        trainer.run(data, data);
        model.save(Path.of(args[1]));
      }
    }
  }

  @Test
  void losesNothing() throws Exception {
    Path expected = folder.resolve("expected.safetensors");
    Path actual = folder.resolve("actual.safetensors");
    Path checkpoints = folder.resolve("checkpoints");
    assertEquals(0, start("", expected).waitFor());
    Random random = new Random(1);
    int killed = 0;
    while (killed < KILLS) {
      List<String> before = names(checkpoints);
      Process process = start(checkpoints.toString(), actual);
      // Every other one while it begins, or shortly after; the others while they write.
      while (killed % 2 == 0 && process.isAlive() && names(checkpoints).equals(before)) {
        Thread.sleep(1);
      }
      if (process.waitFor(random.nextInt(killed % 2 == 0 ? 600 : 2000), TimeUnit.MILLISECONDS)) {
        break; // it came to its end
      }
      process.destroyForcibly().waitFor();
      killed++;
      requireWhole(checkpoints);
    }
    assertTrue(killed > 0, "it was over before it could be killed");
    assertEquals(0, start(checkpoints.toString(), actual).waitFor());
    assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(actual));
    System.out.println("killed " + killed + " times, nothing lost");
  }

  /**
   * Every file that has its name is whole: what was being written when the kill came has another.
   */
  private static void requireWhole(Path checkpoints) throws IOException {
    try (PointerScope scope = new PointerScope()) {
      scope.attach(torch.empty(1));
      for (String name : names(checkpoints)) {
        CheckpointFile.read(checkpoints.resolve(name));
      }
    }
  }

  private static List<String> names(Path checkpoints) {
    String[] names = checkpoints.toFile().list((place, name) -> name.endsWith(".safetensors"));
    return names == null ? List.of() : Stream.of(names).sorted().toList();
  }

  private Process start(String checkpoints, Path weights) throws IOException {
    return new ProcessBuilder(
            Java.command(
                Victim.class,
                checkpoints,
                weights.toString(),
                String.valueOf(EXAMPLES),
                String.valueOf(EPOCHS)))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }
}

package io.github.torchscribe.samples.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.file.CheckpointFile;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While a run writes a checkpoint after every step its disk becomes full, or its folder may not be
 * written any more, and later it may again.
 */
@InProcesses
class UnwillingDiskTest {
  private static final int STEPS = 40;
  private static final int TROUBLE = 20;
  private static final String BEFORE_TROUBLE = "step-0000000019.safetensors";
  private static final int RELIEF = 30;

  /** The losses of a run without trouble. */
  private static String expected;

  @TempDir private Path folder;

  @BeforeAll
  static void runUndisturbed(@TempDir Path folder) throws Exception {
    expected = Java.line(run(List.of(), Trouble.NONE, folder), "losses: ");
  }

  /** What the trouble is, and how it ends. */
  private enum Trouble {
    NONE {
      @Override
      void begin(Path folder) {}

      @Override
      void end(Path folder) {}
    },
    FULL {
      @Override
      void begin(Path folder) {
        try (var out = Files.newOutputStream(folder.resolve("filler"), StandardOpenOption.CREATE)) {
          while (true) {
            out.write(0);
          }
        } catch (IOException e) {
          // full
        }
      }

      @Override
      void end(Path folder) throws IOException {
        Files.delete(folder.resolve("filler"));
      }
    },
    FORBIDDEN {
      @Override
      void begin(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
      }

      @Override
      void end(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    };

    abstract void begin(Path folder) throws IOException;

    abstract void end(Path folder) throws IOException;
  }

  /** What trains. */
  static final class Victim {
    private Victim() {}

    /**
     * Trains.
     *
     * @param args folder, trouble
     */
    public static void main(String[] args) {
      Path folder = Path.of(args[0]);
      Trouble trouble = Trouble.valueOf(args[1]);
      try (PointerScope scope = new PointerScope();
          Model model = RestlessModel.create()) {
        torch.manual_seed(1);
        Tensor inputs = torch.randn(20 * STEPS, 2);
        scope.attach(inputs);
        Tensor targets = torch.zeros(20L * STEPS).to(torch.ScalarType.Long);
        scope.attach(targets);
        Dataset data = new TensorDataset(inputs, targets);
        List<Float> losses = new ArrayList<>();
        Trainer.of(model)
            .epochs(1)
            .batchSize(20)
            .checkpoints(Checkpoints.in(folder).everySteps(1).keep(2))
            .log(
                new TrainingLog() {
                  @Override
                  public void step(Step step) {
                    losses.add(step.loss());
                    try {
                      if (losses.size() == TROUBLE) {
                        for (int tries = 0; tries < 10_000 && !isWritten(folder); tries++) {
                          Thread.sleep(1);
                        }
                        trouble.begin(folder);
                      } else if (losses.size() == RELIEF) {
                        Thread.sleep(200);
                        System.out.println("in trouble: " + whole(folder));
                        trouble.end(folder);
                      }
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  }
                })
            .run(data, data);
        System.out.println("losses: " + losses);
        System.out.println("at the end: " + whole(folder));
      }
    }

    /** Whether the checkpoint before the trouble is there, and the one gone that it takes off. */
    private static boolean isWritten(Path folder) {
      return Files.exists(folder.resolve(BEFORE_TROUBLE))
          && !Files.exists(folder.resolve("step-0000000017.safetensors"));
    }

    /** The checkpoints, all of which must be readable, and whatever else is there. */
    private static List<String> whole(Path folder) {
      try (Stream<Path> files = Files.list(folder);
          PointerScope scope = new PointerScope()) {
        scope.attach(torch.empty(1));
        List<Path> all = files.filter(f -> !f.endsWith("filler")).sorted().toList();
        for (Path file : all) {
          if (file.toString().endsWith(".safetensors")) {
            CheckpointFile.read(file);
          }
        }
        return all.stream().map(f -> f.getFileName().toString()).toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Trains in the folder's {@code place}. */
  private static String run(List<String> wrapper, Trouble trouble, Path folder) throws Exception {
    Path place = Files.createDirectories(folder.resolve("place"));
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(Java.command(Victim.class, place.toString(), trouble.name()));
    return Java.said(new ProcessBuilder(command), folder.resolve("output"));
  }

  private void trainingGoesOn(List<String> wrapper, Trouble trouble, String reason)
      throws Exception {
    String output = run(wrapper, trouble, folder);
    assertEquals(expected, Java.line(output, "losses: "));
    assertTrue(
        Java.line(output, "WARNING: Training goes on without this checkpoint: ").endsWith(reason),
        output);
    assertEquals(
        "in trouble: [.lock, step-0000000018.safetensors, " + BEFORE_TROUBLE + "]",
        Java.line(output, "in trouble: "),
        output);
    assertEquals(
        "at the end: [.lock, best.safetensors, step-0000000039.safetensors,"
            + " step-0000000040.safetensors]",
        Java.line(output, "at the end: "),
        output);
    assertFalse(output.contains("Exception"), output);
  }

  @Test
  void aFullDisk() throws Exception {
    String mount = "mount -t tmpfs -o size=256k tmpfs " + folder;
    boolean may = Java.works("unshare", "-rm", "bash", "-c", mount);
    System.out.print(may ? "" : "Skipped: no file system may be mounted here\n");
    assumeTrue(may);
    Path place = folder.resolve("place");
    trainingGoesOn(
        List.of(
            "unshare",
            "-rm",
            "bash",
            "-c",
            "mount -t tmpfs -o size=256k tmpfs " + place + " && exec \"$@\"",
            "bash"),
        Trouble.FULL,
        "No space left on device");
  }

  @Test
  void aFolderThatMayNotBeWritten() throws Exception {
    List<String> powerless = List.of("setpriv", "--bounding-set=-dac_override", "--");
    boolean root = System.getProperty("user.name").equals("root");
    trainingGoesOn(root ? powerless : List.of(), Trouble.FORBIDDEN, "permission denied");
  }
}

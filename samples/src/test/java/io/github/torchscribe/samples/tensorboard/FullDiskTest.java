package io.github.torchscribe.samples.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.samples.mnist.MlpModel;
import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import io.github.torchscribe.tensorboard.TensorBoardLogger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose disk becomes full, or whose folder may not be written, is the run that it was. */
@InProcesses
class FullDiskTest {
  @TempDir private Path folder;

  /** What trains, and is watched where it is given a folder. */
  static final class Victim {
    private Victim() {}

    /**
     * Trains.
     *
     * @param args a folder, if any
     */
    public static void main(String[] args) {
      try (Mnist all = Mnist.test();
          Subset data = new Subset(all, LongStream.range(0, 500).toArray());
          Model model = MlpModel.create(3)) {
        Trainer trainer = Trainer.of(model).epochs(6).batchSize(100);
        if (args.length > 0) {
          trainer.log(TensorBoardLogger.to(Path.of(args[0])));
        }
        System.out.println("loss: " + trainer.run(data, data).last().evaluation());
        if (args.length > 0) {
          System.out.println("records: " + records(Path.of(args[0])));
        }
      }
    }

    /** How many records a file has; fails where half a one is at its end. */
    private static int records(Path folder) {
      try (Stream<Path> files = Files.list(folder)) {
        Path file =
            files.filter(some -> some.toString().contains("tfevents")).findAny().orElseThrow();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        while (bytes.hasRemaining()) {
          int size = (int) bytes.getLong() + 2 * Integer.BYTES;
          bytes.position(bytes.position() + size);
          count++;
        }
        return count;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private String run(List<String> wrapper, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(Java.command(Victim.class, arguments));
    return Java.said(new ProcessBuilder(command), folder.resolve("output"));
  }

  @Test
  void goesOn() throws Exception {
    String undisturbed = Java.line(run(List.of()), "loss: ");
    // Everywhere: no file may become larger than this many kilobytes.
    goesOn(undisturbed, List.of("bash", "-c", "ulimit -f 40 && exec \"$@\"", "bash"), "limited");
    // Where one may: a disk of that size.
    Path disk = Files.createDirectory(folder.resolve("disk"));
    String mount = "mount -t tmpfs -o size=40k tmpfs " + disk;
    if (Java.works("unshare", "-rm", "bash", "-c", mount)) {
      String enter = mount + " && exec \"$@\"";
      goesOn(undisturbed, List.of("unshare", "-rm", "bash", "-c", enter, "bash"), "disk");
    } else {
      System.out.println("Skipped: no file system may be mounted here");
    }
  }

  private void goesOn(String undisturbed, List<String> wrapper, String name) throws Exception {
    String output = run(wrapper, folder.resolve(name).toString());
    assertEquals(undisturbed, Java.line(output, "loss: "));
    String warning = Java.line(output, "WARNING: Training goes on without TensorBoard: ");
    assertTrue(
        warning.endsWith(name.equals("disk") ? ": No space left on device" : ": File too large"),
        warning);
    assertTrue(Integer.parseInt(Java.line(output, "records: ").substring(9)) > 10, output);
    assertFalse(output.contains("Exception"), output);
    assertEquals(1, output.split("Training goes on").length - 1, output);
  }
}

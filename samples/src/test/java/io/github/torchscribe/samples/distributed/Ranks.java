package io.github.torchscribe.samples.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.samples.tools.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The processes of a group, each of which runs {@link Program}; a group of one has no environment.
 *
 * @param out where they leave what came of it
 * @param size how many there are
 * @param shareMemory whether that is what they send tensors by, else Gloo
 */
record Ranks(Path out, int size, boolean shareMemory) {
  private static final int LIMIT = 120;

  /** In a new folder. */
  static Ranks in(Path folder, String name, int size) throws IOException {
    return new Ranks(Files.createDirectory(folder.resolve(name)), size, true);
  }

  /** As on several machines. */
  Ranks byGloo() {
    return new Ranks(out, size, false);
  }

  /** Starts them, waits until all have ended, and sees to it that all agree. */
  Ranks run(String... settings) throws IOException, InterruptedException {
    for (int code : ends(settings)) {
      assertEquals(0, code, this::log);
    }
    for (int rank = 1; rank < size; rank++) {
      assertArrayEquals(
          Files.readAllBytes(weights(0)), Files.readAllBytes(weights(rank)), "rank " + rank);
      assertEquals(losses(0), losses(rank), "rank " + rank);
    }
    return this;
  }

  /** Starts them, and waits until all have ended. */
  List<Integer> ends(String... settings) throws IOException, InterruptedException {
    List<Process> all = new ArrayList<>();
    List<Integer> codes = new ArrayList<>();
    Files.deleteIfExists(out.resolve("store"));
    try {
      for (int rank = 0; rank < size; rank++) {
        all.add(start(rank, settings));
      }
      for (Process process : all) {
        assertTrue(process.waitFor(LIMIT, TimeUnit.SECONDS), "it takes too long");
        codes.add(process.exitValue());
      }
    } finally {
      all.forEach(Process::destroyForcibly);
    }
    return codes;
  }

  private Process start(int rank, String... settings) throws IOException {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("out=" + out);
    ProcessBuilder builder =
        new ProcessBuilder(Java.command(Program.class, all.toArray(String[]::new)));
    builder
        .environment()
        .putAll(
            Map.of(
                "RANK",
                "" + rank,
                "WORLD_SIZE",
                "" + size,
                "TORCHSCRIBE_SHARED_MEMORY",
                shareMemory ? "on" : "off",
                "LOCAL_WORLD_SIZE",
                "" + sharing(),
                "TORCHSCRIBE_STORE",
                out.resolve("store").toString(),
                "TORCHSCRIBE_TIMEOUT",
                "60"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(out.resolve("log").toFile()))
        .start();
  }

  /** Of how many processes the cores are: a thread for each rank, and two for one that is alone. */
  private int sharing() {
    int cores = Runtime.getRuntime().availableProcessors();
    return size == 1 ? Math.max(1, cores / 2) : Math.max(cores, size);
  }

  /** What one of them has saved. */
  Path weights(int rank) {
    return out.resolve("weights-" + rank + ".safetensors");
  }

  /** The loss of each step, then what each epoch came to, then how the run ended. */
  List<String> losses(int rank) throws IOException {
    return Files.readAllLines(out.resolve("losses-" + rank + ".txt"));
  }

  /** What all have printed. */
  String log() {
    try {
      return Files.readString(out.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}

package io.github.torchscribe.samples.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Norms over all ranks, in processes of their own: they learn what one with all of it does. */
@InProcesses
class SyncedNormsTest {
  private static final int LIMIT = 120;
  private static final int WHOLE = 60;
  private static final String SMALL = "examples=600";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"synced, 2", "synced, 3", "syncedRecorded, 2"})
  void ranksAreOneProcessWithTheWholeBatch(String network, int size) throws Exception {
    Path alone = run(network, 1, SMALL);
    Path together = run(network, size, SMALL);
    for (int rank = 1; rank < size; rank++) {
      assertArrayEquals(
          Files.readAllBytes(together.resolve("weights-0.safetensors")),
          Files.readAllBytes(together.resolve("weights-" + rank + ".safetensors")));
    }
    List<String> expected = Files.readAllLines(alone.resolve("losses-0.txt"));
    List<String> actual = Files.readAllLines(together.resolve("losses-0.txt"));
    assertEquals(expected.size(), actual.size());
    double apart = 0;
    for (int i = 0; i < expected.size() && !expected.get(i).contains(" "); i++) {
      double loss = Double.parseDouble(expected.get(i));
      apart = Math.max(apart, Math.abs(loss - Double.parseDouble(actual.get(i))));
    }
    assertTrue(apart < 1e-5, "losses are apart by " + apart);
    assertNear(state(network, alone), state(network, together));
  }

  private static Map<String, Tensor> state(String network, Path from) {
    Map<String, Tensor> all = new TreeMap<>();
    try (Model model = Program.model(network)) {
      model.load(from.resolve("weights-0.safetensors"));
      model.parameters().forEach(p -> all.put(p.name(), p.value().clone()));
      model.buffers().forEach((name, numbers) -> all.put(name, numbers.clone()));
    }
    return all;
  }

  private static void assertNear(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    expected.forEach(
        (name, tensor) -> {
          double largest = tensor.abs().max().item_double();
          double apart = tensor.sub(actual.get(name)).abs().max().item_double();
          assertTrue(apart <= 1e-5 * largest + 1e-6, () -> name + ": " + apart + " of " + largest);
        });
  }

  /** A mean of equal numbers is that number, also where a third of three times it is none. */
  @Test
  void whatIsFrozenStaysBitForBit() throws Exception {
    Path learned = run("normed", 1, SMALL);
    Path frozen =
        run("normed", 3, SMALL, "begin=" + learned.resolve("weights-0.safetensors"), "freeze=1");
    Map<String, Tensor> expected = state("normed", learned);
    Map<String, Tensor> actual = state("normed", frozen);
    for (String name : List.of("1.weight", "1.bias", "1.running_mean", "1.running_var")) {
      assertTrue(expected.get(name).equal(actual.get(name)), name);
    }
    assertFalse(expected.get("0.weight").equal(actual.get("0.weight")));
  }

  /** Starts the processes of a group, and waits until all have ended. */
  private Path run(String network, int size, String... settings)
      throws IOException, InterruptedException {
    Path out = Files.createDirectory(folder.resolve(network + size));
    List<Process> all = new ArrayList<>();
    try {
      for (int rank = 0; rank < size; rank++) {
        all.add(start(network, rank, size, out, settings));
      }
      for (Process process : all) {
        assertTrue(process.waitFor(LIMIT, TimeUnit.SECONDS), "it takes too long");
        assertEquals(0, process.exitValue(), () -> log(out));
      }
    } finally {
      all.forEach(Process::destroyForcibly);
    }
    return out;
  }

  private static Process start(String network, int rank, int size, Path out, String... settings)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(List.of("network=" + network, "out=" + out, "batch=" + WHOLE / size));
    ProcessBuilder builder =
        new ProcessBuilder(Java.command(Program.class, all.toArray(String[]::new)));
    builder
        .environment()
        .putAll(
            Map.of(
                "RANK", "" + rank,
                "WORLD_SIZE", "" + size,
                "LOCAL_WORLD_SIZE", "" + Math.max(2, size),
                "TORCHSCRIBE_STORE", out.resolve("store").toString(),
                "TORCHSCRIBE_TIMEOUT", "60"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(out.resolve("log").toFile()))
        .start();
  }

  private static String log(Path out) {
    try {
      return Files.readString(out.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}

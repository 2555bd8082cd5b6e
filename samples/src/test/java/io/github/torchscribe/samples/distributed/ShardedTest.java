package io.github.torchscribe.samples.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that divide what the optimizer remembers learn what they learn without. */
@InProcesses
class ShardedTest {
  private static final int SECONDS = 120;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "momentum, 2, accumulate=2",
    "adam, 2, clip=0.5",
    "decayed, 3, clip=0.5",
    "normed, 2, ema=0.9",
  })
  void weightsAreThoseOfARunWithout(String network, int ranks, String setting) throws Exception {
    Path without = run("without", ranks, "network=" + network, setting);
    Path sharded = run("sharded", ranks, "network=" + network, setting, "shard=");
    for (int rank = 0; rank < ranks; rank++) {
      same(without, sharded, rank, rank);
      same(sharded, sharded, 0, rank);
    }
  }

  /** The checkpoint has all that is remembered, whoever goes on with it. */
  @Test
  void othersGoOnWithTheCheckpoint() throws Exception {
    Path undisturbed = run("undisturbed", 2, "network=adam", "clip=0.5");
    Path checkpoints = folder.resolve("checkpoints");
    Path died = Files.createDirectory(folder.resolve("died"));
    List<Process> dying =
        start(
            died,
            2,
            "network=adam",
            "clip=0.5",
            "shard=",
            "checkpoints=" + checkpoints,
            "dying=1",
            "dies=17");
    for (Process process : dying) {
      assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), () -> words(died));
      assertFalse(process.exitValue() == 0, () -> words(died));
    }
    for (String setting : List.of("shard=", "epochs=2")) {
      Path copy = Files.createDirectory(folder.resolve("copy-" + setting));
      copy(checkpoints, copy);
      Path resumed =
          run("resumed-" + setting, 2, "network=adam", "clip=0.5", setting, "checkpoints=" + copy);
      same(undisturbed, resumed, 0, 0);
      assertEquals(
          2 * 20 - 10 + 3, Files.readAllLines(resumed.resolve("losses-1.txt")).size(), "goes on");
    }
    Path others =
        run(
            "others",
            4,
            "network=adam",
            "clip=0.5",
            "batch=50",
            "shard=",
            "checkpoints=" + checkpoints);
    double distance = distance(undisturbed, others);
    assertTrue(distance > 0 && distance < 1e-4, () -> "" + distance);
  }

  private Path run(String name, int ranks, String... settings) throws Exception {
    Path out = Files.createDirectory(folder.resolve(name));
    for (Process process : start(out, ranks, settings)) {
      assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), () -> words(out));
      assertEquals(0, process.exitValue(), () -> words(out));
    }
    return out;
  }

  private static List<Process> start(Path out, int ranks, String... settings) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("out=" + out));
    arguments.addAll(List.of(settings));
    List<Process> processes = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      ProcessBuilder builder =
          new ProcessBuilder(Java.command(Program.class, arguments.toArray(String[]::new)))
              .redirectErrorStream(true)
              .redirectOutput(out.resolve("words-" + rank + ".log").toFile());
      builder.environment().put("RANK", "" + rank);
      builder.environment().put("WORLD_SIZE", "" + ranks);
      builder.environment().put("LOCAL_WORLD_SIZE", "" + ranks);
      builder.environment().put("TORCHSCRIBE_STORE", out.resolve("store").toString());
      builder.environment().put("TORCHSCRIBE_TIMEOUT", "60");
      processes.add(builder.start());
    }
    return processes;
  }

  private static String words(Path out) {
    StringBuilder words = new StringBuilder();
    for (int rank = 0; Files.exists(out.resolve("words-" + rank + ".log")); rank++) {
      try {
        words.append(Files.readString(out.resolve("words-" + rank + ".log")));
      } catch (IOException e) {
        words.append(e);
      }
    }
    return words.toString();
  }

  private static void same(Path one, Path other, int rank, int otherRank) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(one.resolve("weights-" + rank + ".safetensors")),
        Files.readAllBytes(other.resolve("weights-" + otherRank + ".safetensors")),
        () -> "rank " + rank + " and " + otherRank + " of " + one + " and " + other);
  }

  private static double distance(Path one, Path other) throws IOException {
    Safetensors first = Safetensors.open(one.resolve("weights-0.safetensors"));
    Safetensors second = Safetensors.open(other.resolve("weights-0.safetensors"));
    double most = 0;
    for (Map.Entry<String, Safetensors.Entry> entry : first.entries().entrySet()) {
      PointerScope scope = new PointerScope();
      try {
        Tensor a = torch.empty(entry.getValue().shape());
        Tensor b = torch.empty(entry.getValue().shape());
        first.read(entry.getKey(), a);
        second.read(entry.getKey(), b);
        most = Math.max(most, a.sub(b).abs().max().item_double());
      } finally {
        scope.close();
      }
    }
    return most;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}

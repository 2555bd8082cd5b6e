package io.github.torchscribe.samples.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.samples.tools.InProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that divide what the optimizer remembers learn what they learn without. */
@InProcesses
class ShardedTest {
  private static final String SMALL = "examples=1200";

  @TempDir Path folder;

  @Test
  void weightsAreThoseOfARunWithout() throws Exception {
    compare("adam", 2, "clip=0.5");
  }

  @ParameterizedTest
  @EnabledIfSystemProperty(named = "long.tests", matches = "true")
  @CsvSource({
    "momentum, 2, accumulate=2",
    "decayed, 3, clip=0.5",
    "normed, 2, ema=0.9",
  })
  void theyAreThoseOfOtherRunsWithout(String network, int size, String setting) throws Exception {
    compare(network, size, setting);
  }

  private void compare(String network, int size, String setting) throws Exception {
    String of = "network=" + network;
    Ranks without = Ranks.in(folder, "without", size).run(of, SMALL, setting);
    Ranks sharded = Ranks.in(folder, "sharded", size).run(of, SMALL, setting, "shard=");
    same(without, sharded);
  }

  /** The checkpoint has all that is remembered, whoever goes on with it. */
  @Test
  @EnabledIfSystemProperty(named = "long.tests", matches = "true")
  void othersGoOnWithTheCheckpoint() throws Exception {
    String[] settings = {"network=adam", "clip=0.5"};
    Ranks undisturbed = Ranks.in(folder, "undisturbed", 2).run(settings);
    Path checkpoints = folder.resolve("checkpoints");
    Ranks died = Ranks.in(folder, "died", 2);
    String kept = "checkpoints=" + checkpoints;
    List<Integer> codes =
        died.ends("network=adam", "clip=0.5", "shard=", kept, "dying=1", "dies=17");
    assertFalse(codes.contains(0), died::log);
    for (String setting : List.of("shard=", "epochs=2")) {
      Path copy = Files.createDirectory(folder.resolve("copy-" + setting));
      copy(checkpoints, copy);
      Ranks resumed =
          Ranks.in(folder, "resumed-" + setting, 2)
              .run("network=adam", "clip=0.5", setting, "checkpoints=" + copy);
      same(undisturbed, resumed);
      assertEquals(2 * 20 - 10 + 3, resumed.losses(1).size(), "goes on");
    }
    Ranks others =
        Ranks.in(folder, "others", 4).run("network=adam", "clip=0.5", "batch=50", "shard=", kept);
    double distance = distance(undisturbed, others);
    assertTrue(distance > 0 && distance < 1e-4, () -> "" + distance);
  }

  private static void same(Ranks one, Ranks other) throws IOException {
    assertArrayEquals(Files.readAllBytes(one.weights(0)), Files.readAllBytes(other.weights(0)));
  }

  private static double distance(Ranks one, Ranks other) throws IOException {
    Safetensors first = Safetensors.open(one.weights(0));
    Safetensors second = Safetensors.open(other.weights(0));
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

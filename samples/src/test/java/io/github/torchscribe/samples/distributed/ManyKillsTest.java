package io.github.torchscribe.samples.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.distributed.TorchscribeRun;
import io.github.torchscribe.samples.distributed.Victims.Victim;
import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of two ranks is killed twenty times, at random moments, and all start again each time:
 * weights are those of a run that nothing befell. With {@code -Dlong.tests=true}; torchrun's where
 * the environment says by {@code TORCHRUN} which program that is.
 */
@InProcesses
@EnabledIfSystemProperty(named = "long.tests", matches = "true")
@Timeout(900)
class ManyKillsTest {
  private static final int KILLS = 20;
  private static final String MOST = "99";

  /** What a run comes to that nothing befalls. */
  private static byte[] expected;

  @TempDir private Path folder;

  @BeforeAll
  static void runUndisturbed(@TempDir Path place) throws Exception {
    try (Victims victims = new Victims(place, Map.of())) {
      Victim run = victims.start(Map.of(), TorchscribeRun.class, launch(place, "0"));
      assertEquals(0, run.exitCode(300), run.output());
    }
    expected = Files.readAllBytes(place.resolve("rank0.safetensors"));
  }

  private static List<String> member(Path place, String pause) {
    return Java.command(
        Member.class,
        "examples=40000",
        "epochs=8",
        "every=7",
        "pause=" + pause,
        "folder=" + place.resolve("checkpoints"),
        "weights=" + place);
  }

  private static String[] launch(Path place, String pause) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "--nproc", "2", "--max-restarts", MOST, "--timeout", "60", "--grace", "2", "--"));
    command.addAll(member(place, pause));
    return command.toArray(String[]::new);
  }

  @Test
  void torchscribeRunLosesNothing() throws Exception {
    try (Victims victims = new Victims(folder, Map.of())) {
      losesNothing(victims.start(Map.of(), TorchscribeRun.class, launch(folder, "2")));
      victims.requireSound();
    }
  }

  @Test
  void torchrunLosesNothing() throws Exception {
    List<String> command = new ArrayList<>(Victims.torchrun(MOST));
    command.addAll(member(folder, "2"));
    try (Victims victims = new Victims(folder, Map.of("TORCHSCRIBE_TIMEOUT", "60"))) {
      losesNothing(victims.start(command));
      victims.requireSound();
    }
  }

  private void losesNothing(Victim run) throws Exception {
    Random random = new Random(1);
    for (int killed = 0; killed < KILLS; killed++) {
      String attempt = "attempt " + killed;
      List<Long> pids = run.pids(attempt);
      // Half of the time while it begins, else while it trains.
      if (random.nextBoolean()) {
        run.awaitAfter(attempt, "step ");
      }
      Thread.sleep(random.nextInt(900));
      Victim.signal("KILL", pids.get(random.nextInt(pids.size())));
    }
    assertEquals(0, run.exitCode(400), run.output());
    assertTrue(run.output().contains("attempt " + KILLS + " pid"), run.output());
    for (String rank : List.of("rank0", "rank1")) {
      assertArrayEquals(expected, Files.readAllBytes(folder.resolve(rank + ".safetensors")));
    }
    System.out.println("killed " + KILLS + " times, nothing lost");
  }
}

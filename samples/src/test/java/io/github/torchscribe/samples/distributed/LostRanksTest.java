package io.github.torchscribe.samples.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.distributed.TorchscribeRun;
import io.github.torchscribe.samples.distributed.Victims.Victim;
import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranks that are killed, stopped or told to end while they train, and the launcher. */
@InProcesses
@Timeout(120)
class LostRanksTest {
  private static final int TIMEOUT = 3;
  private static final String SLOWLY = "pause=5";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnabledIfSystemProperty(named = "long.tests", matches = "true")
  @CsvSource({"0, on", "1, on", "0, off", "1, off"})
  void whoIsKilledIsNamedAtOnce(int killed, String sharedMemory) throws Exception {
    Map<String, String> environment =
        Map.of(
            "TORCHSCRIBE_STORE",
            folder.resolve("store").toString(),
            "TORCHSCRIBE_SHARED_MEMORY",
            sharedMemory);
    try (Victims victims = new Victims(folder, environment)) {
      Victim[] ranks = {victims.start(0, 2, SLOWLY), victims.start(1, 2, SLOWLY)};
      Victim other = ranks[1 - killed];
      ranks[killed].await("step 20");
      long since = System.nanoTime();
      ranks[killed].signal("KILL");
      other.tell("SIGKILL of rank " + killed, since);
      assertEquals(1, other.exitCode(), other.output());
      assertEquals(137, ranks[killed].exitCode());
      assertTrue(
          other.output().contains("GroupException: rank " + killed + " has gone, while "),
          other.output());
      assertTrue(other.seconds(since) < 5);
      victims.requireSound();
    }
  }

  @Test
  void whoHangsIsWaitedForUntilTheTimeOut() throws Exception {
    try (Victims victims = new Victims(folder, 30)) {
      Victim second = victims.start(1, 2, SLOWLY);
      victims.awaitAtStore(1);
      Map<String, String> impatient =
          Map.of("RANK", "0", "WORLD_SIZE", "2", "TORCHSCRIBE_TIMEOUT", "" + TIMEOUT);
      Victim first = victims.start(impatient, Member.class, SLOWLY);
      second.await("step 20");
      long since = System.nanoTime();
      second.signal("STOP");
      first.tell("SIGSTOP of rank 1", since);
      assertEquals(1, first.exitCode(), first.output());
      assertTrue(
          first.output().contains("GroupException: rank 1 has been missing for 3 s, the time-out"),
          first.output());
      assertTrue(first.seconds(since) < TIMEOUT + 2, () -> first.output());
      since = System.nanoTime();
      second.signal("CONT");
      second.tell("SIGCONT of rank 1", since);
      assertEquals(1, second.exitCode(), second.output());
      assertTrue(
          second.output().contains("GroupException: rank 0 has failed: rank 1 has been missing"),
          second.output());
      assertTrue(second.seconds(since) < TIMEOUT + 2, () -> second.output());
      victims.requireSound();
    }
  }

  private String[] launch(Path weights, String... settings) {
    List<String> command =
        new ArrayList<>(List.of("--nproc", "2", "--max-restarts", "9", "--timeout", "20", "--"));
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(
        List.of("stops=yes", "weights=" + weights, "folder=" + weights.resolve("checkpoints")));
    command.addAll(Java.command(Member.class, all.toArray(String[]::new)));
    return command.toArray(String[]::new);
  }

  /** One is told to end, and one is killed: each time all start again from the last checkpoint. */
  @Test
  void torchscribeRunGoesOnAsIfNothingHadHappened() throws Exception {
    Path whole = Files.createDirectory(folder.resolve("whole"));
    Path broken = Files.createDirectory(folder.resolve("broken"));
    try (Victims victims = new Victims(folder, Map.of())) {
      Victim undisturbed = victims.start(Map.of(), TorchscribeRun.class, launch(whole));
      assertEquals(0, undisturbed.exitCode(), undisturbed.output());

      Victim run = victims.start(Map.of(), TorchscribeRun.class, launch(broken, SLOWLY));
      run.await("[1] step 20");
      Victim.signal("TERM", run.number("[1] attempt 0 pid"));
      run.await("[0] the run's end: STOPPED");
      run.await("All start again, from their last checkpoint if they resume: restart 1 of");
      run.await("[0] step 60");
      Victim.signal("KILL", run.number("[0] attempt 1 pid"));
      assertEquals(0, run.exitCode(), run.output());
      assertTrue(run.output().contains("rank 1 ended with 143 (TERM)"), run.output());
      assertTrue(run.output().contains("rank 0 ended with 137 (KILL)"), run.output());
      assertTrue(run.output().contains("rank 0 has gone, while "), run.output());
      assertFalse(run.output().contains("restart 3 of"), run.output());
      victims.requireSound();
    }
    byte[] expected = Files.readAllBytes(whole.resolve("rank0.safetensors"));
    for (Path place : List.of(whole, broken)) {
      for (String rank : List.of("rank0", "rank1")) {
        assertArrayEquals(expected, Files.readAllBytes(place.resolve(rank + ".safetensors")));
      }
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "long.tests", matches = "true")
  void ranksEndWhenTheLauncherIsKilled() throws Exception {
    try (Victims victims = new Victims(folder, Map.of())) {
      Victim run = victims.start(Map.of(), TorchscribeRun.class, launch(folder, SLOWLY));
      run.await("[1] step 20");
      List<Long> pids = run.pids("attempt 0");
      long since = System.nanoTime();
      run.signal("KILL");
      for (long pid : pids) {
        while (Victim.isThere(pid)) {
          assertTrue(System.nanoTime() - since < 15e9, "they stay");
          Thread.sleep(10);
        }
      }
      System.out.printf(
          Locale.ROOT,
          "SIGKILL of torchscribe-run: ranks end after %.1f s%n",
          (System.nanoTime() - since) / 1e9);
      try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
        assertTrue(files.anyMatch(file -> file.toString().contains("step-")), "no checkpoint");
      }
    }
  }
}

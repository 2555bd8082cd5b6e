package io.github.torchscribe.samples.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.runtime.distributed.TorchscribeRun;
import io.github.torchscribe.samples.distributed.Victims.Victim;
import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What befalls groups more rarely: with {@code -Dlong.tests=true}. */
@InProcesses
@EnabledIfSystemProperty(named = "long.tests", matches = "true")
@Timeout(120)
class RareFaultsTest {
  private static final String SLOWLY = "pause=5";

  @TempDir private Path folder;

  @Test
  void anotherVersionIsRefused() throws Exception {
    Path place = folder.resolve("other/io/github/torchscribe/runtime/process");
    Files.createDirectories(place);
    Files.writeString(place.resolve("versions.properties"), "torchscribe=0.0.9\n");
    try (Victims victims = new Victims(folder, 20)) {
      Victim first = victims.start(0, 2);
      // The class path of the tests behind it.
      String both =
          folder.resolve("other") + File.pathSeparator + System.getProperty("java.class.path");
      Victim second =
          victims.startBy(
              Map.of("RANK", "1", "WORLD_SIZE", "2", "CLASSES", both),
              List.of("sh", "-c", "exec \"$0\" -cp \"$CLASSES\" " + Member.class.getName()),
              Member.class);
      for (Victim victim : List.of(first, second)) {
        assertEquals(1, victim.exitCode(), victim.output());
        String said = victim.output();
        assertTrue(said.contains("rank 1 (+) differs from rank 0 (-):\n  - Torchscribe "), said);
        assertTrue(said.contains("\n  + Torchscribe 0.0.9\n"), said);
      }
    }
  }

  /** Whoever starts ranks by hand may start one of them again. */
  @Test
  void oneThatIsStartedAgainAloneIsTurnedAway() throws Exception {
    try (Victims victims = new Victims(folder, 30)) {
      Victim second = victims.start(1, 3, SLOWLY);
      victims.awaitAtStore(1);
      Victim first = victims.start(0, 3, SLOWLY); // which waits for rank 2
      victims.awaitAtStore(0);
      second.signal("KILL");
      Victim again = victims.start(1, 3, SLOWLY);
      again.await("pid");
      long since = System.nanoTime();
      again.tell("restart of rank 1 alone", since);
      first.tell("restart of rank 1 alone, rank 0", since);
      assertEquals(1, again.exitCode(), again.output());
      assertTrue(again.output().contains("rank 1 has come to the file "), again.output());
      assertTrue(again.output().contains("start all ranks again together"), again.output());
      assertEquals(1, first.exitCode(), first.output());
      assertTrue(
          first.output().contains("rank 1 has failed: rank 1 has come to the file "),
          first.output());
      assertTrue(first.seconds(since) < 15, first.output());
      victims.requireSound();
    }
  }

  @Test
  void aSecondOneDoesNotDisturbThoseThatTrain() throws Exception {
    try (Victims victims = new Victims(folder, 30)) {
      Victim[] ranks = {victims.start(0, 2, "pause=20"), victims.start(1, 2, "pause=20")};
      ranks[0].await("step 1");
      Victim again = victims.start(1, 2, SLOWLY);
      assertEquals(1, again.exitCode(), again.output());
      assertTrue(again.output().contains("rank 1 has come to the file "), again.output());
      for (Victim rank : ranks) {
        assertEquals(0, rank.exitCode(), rank.output());
        assertTrue(rank.output().contains("the run's end: COMPLETE"), rank.output());
      }
      victims.requireSound();
    }
  }

  @Test
  void aFullDiskOfRank0EndsNobody() throws Exception {
    Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
    String mount = "mount -t tmpfs -o size=8k tmpfs " + checkpoints;
    boolean may = Java.works("unshare", "-rm", "sh", "-c", mount);
    System.out.print(may ? "" : "Skipped: no file system may be mounted here\n");
    assumeTrue(may);
    try (Victims victims = new Victims(folder, 20)) {
      String[] settings = {"examples=2000", "every=5", "folder=" + checkpoints};
      Victim first =
          victims.startBy(
              Map.of("RANK", "0", "WORLD_SIZE", "2"),
              List.of("unshare", "-rm", "sh", "-c", mount + " && exec \"$@\"", "sh"),
              Member.class,
              settings);
      Victim second = victims.start(1, 2, settings);
      for (Victim victim : List.of(first, second)) {
        assertEquals(0, victim.exitCode(), victim.output());
        assertTrue(victim.output().contains("the run's end: COMPLETE"), victim.output());
      }
      assertTrue(
          first.output().contains("Training goes on without this checkpoint: "), first.output());
      assertTrue(first.output().contains("No space left on device"), first.output());
      victims.requireSound();
    }
  }

  /** What happens in a network that has loopback alone is done by {@link Strangers}. */
  @Test
  void strangersAndOthersPortsEndNobodyElse() throws Exception {
    boolean may = Java.works("unshare", "-rn", "ip", "link", "set", "lo", "up");
    System.out.print(may ? "" : "Skipped: no network may be made here\n");
    assumeTrue(may);
    try (Victims victims = new Victims(folder, Map.of())) {
      Victim all =
          victims.startBy(
              Map.of(),
              List.of("unshare", "-rn", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh"),
              Strangers.class,
              folder.toString());
      assertEquals(0, all.exitCode(), all.output());
      System.out.print(all.output());
    }
  }

  /** The other rank ends because of it, and perhaps before it. */
  @Test
  void torchscribeRunSaysWhoFailedFirst() throws Exception {
    List<String> command = new ArrayList<>(List.of("--nproc", "2", "--"));
    command.addAll(Java.command(Member.class, "odd1.trouble=unreadable"));
    try (Victims victims = new Victims(folder, Map.of())) {
      Victim run = victims.start(Map.of(), TorchscribeRun.class, command.toArray(String[]::new));
      assertEquals(1, run.exitCode(), run.output());
      String last = run.line("torchscribe-run: failed at ");
      assertTrue(last.contains("Z: rank 1 ended with 1 after "), last);
      assertTrue(run.output().contains("rank 1 has failed: java.io.IOException: part-7.bin"));
      victims.requireSound();
    }
  }

  @Test
  void torchrunShowsWhatARankFailedOf() throws Exception {
    List<String> command = new ArrayList<>(Victims.torchrun("0"));
    command.addAll(Java.command(Member.class, "odd1.trouble=unreadable"));
    try (Victims victims = new Victims(folder, Map.of())) {
      Victim run = victims.start(command);
      assertEquals(1, run.exitCode(), run.output());
      String cause = run.output();
      cause = cause.substring(cause.lastIndexOf("Root Cause"));
      assertTrue(cause.contains("rank      : 1"), run.output());
      assertTrue(cause.contains("part-7.bin: Input/output error"), run.output());
    }
  }
}

package io.github.torchscribe.runtime.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What ranks do when the launcher is killed, which cannot tell them. */
@Execution(ExecutionMode.CONCURRENT) // processes of their own do the work
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class LauncherWatchTest {
  @TempDir private Path folder;

  /** A rank that watches, and otherwise sleeps. */
  static final class Sleeper {
    private Sleeper() {}

    /**
     * Sleeps.
     *
     * @param args nothing
     * @throws Exception when woken
     */
    public static void main(String[] args) throws Exception {
      LauncherWatch.begin();
      LauncherWatch.begin();
      Path end = Path.of(args[0], "end-" + System.getenv("RANK"));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      Files.writeString(end, "orderly");
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }));
      System.out.println("pid " + ProcessHandle.current().pid());
      Thread.sleep(50_000);
    }
  }

  @Test
  void ranksEndWhenTheLauncherIsKilled() throws Exception {
    // A script stands between, as it often does.
    String classes = Launched.home(TorchscribeRun.class) + ":" + Launched.home(Sleeper.class);
    try (Launched run =
        Launched.start(
            folder,
            "--nproc",
            "2",
            "--",
            "sh",
            "-c",
            Launched.java()
                + " -XX:TieredStopAtLevel=1 -cp "
                + classes
                + " '"
                + Sleeper.class.getName()
                + "' "
                + folder
                + "; true")) {
      run.awaitOutput("pid", 2);
      List<Long> ranks = run.numbers("pid");
      Thread.sleep(300);
      assertEquals(ranks, Launched.living(ranks, 0), "they watch somebody who is there");
      run.signal("KILL", false);
      assertEquals(List.of(), Launched.living(ranks, 5000));
      assertEquals(137, run.exitCode());
      whatIsLeftGoesWithTheNext();
      for (int rank = 0; rank < 2; rank++) {
        assertTrue(folder.resolve("end-" + rank).toFile().exists(), "hooks ran");
      }
    }
  }

  private void whatIsLeftGoesWithTheNext() throws Exception {
    Path left = left().get(0);
    String script =
        "touch -d '2 minutes ago' \"$(dirname $TORCHSCRIBE_STORE)\"; echo ready; sleep 1.5";
    try (Launched living = Launched.start(folder, "--nproc", "1", "--", "sh", "-c", script)) {
      living.awaitOutput("ready", 1);
      assertTrue(left().contains(left), "its ranks may still end");
      Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(90)));
      try (Launched next = Launched.start(folder, "--nproc", "1", "--", "true")) {
        assertEquals(0, next.exitCode());
      }
      assertFalse(left().contains(left));
      assertEquals(1, left().size(), "as old, but somebody's");
      assertEquals(0, living.exitCode(), living.errors());
    }
    assertEquals(List.of(), left());
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().contains("torchscribe-run-")).toList();
    }
  }
}

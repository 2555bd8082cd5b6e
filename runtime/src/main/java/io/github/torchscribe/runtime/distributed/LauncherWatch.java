package io.github.torchscribe.runtime.distributed;

import io.github.torchscribe.runtime.process.LastWords;
import io.github.torchscribe.runtime.process.Signals;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sees to it that no rank stays behind when {@code torchscribe-run} is killed. As long as that
 * lives it has a file locked; who gets a lock on it knows that it has gone. That takes no polling,
 * finds it out at once, and works through whatever scripts stand between the two.
 */
final class LauncherWatch implements Runnable {
  /** The environment's name for the file. */
  static final String LAUNCHER = "TORCHSCRIBE_LAUNCHER";

  /** For the step that is being done, and a checkpoint. */
  private static final long PATIENCE = 10_000;

  private static final int TERMINATED = 143;
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private final Path file;

  private LauncherWatch(Path file) {
    this.file = file;
  }

  /** Begins, where this process was started by {@code torchscribe-run}; once in a process. */
  static void begin() {
    String file = System.getenv(LAUNCHER);
    if (file != null && BEGUN.compareAndSet(false, true)) {
      Thread thread = new Thread(new LauncherWatch(Path.of(file)), "torchscribe launcher watch");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public void run() {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.lock(0, Long.MAX_VALUE, true).release();
    } catch (NoSuchFileException e) {
      // it had gone before we came
    } catch (IOException e) {
      System.getLogger(LauncherWatch.class.getName())
          .log(Level.WARNING, "Should torchscribe-run be killed, this rank will not notice: " + e);
      return;
    }
    LastWords.say(LauncherWatch.class, Level.ERROR, "torchscribe-run has gone; this rank ends.");
    try {
      if (Signals.raise("TERM")) {
        Thread.sleep(PATIENCE);
      }
    } catch (InterruptedException e) {
      // then at once
    }
    Runtime.getRuntime().halt(TERMINATED);
  }
}

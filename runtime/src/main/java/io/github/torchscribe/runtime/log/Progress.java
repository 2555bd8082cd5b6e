package io.github.torchscribe.runtime.log;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on the error stream, where the program runs in a terminal; otherwise nothing. */
public final class Progress {
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int WIDTH = 79;

  private final boolean visible;
  private final Object drawing = new Object();
  private ProgressBar bar;

  private Progress(boolean visible) {
    this.visible = visible;
  }

  /**
   * A bar that shows in a terminal only.
   *
   * @return a bar that has not begun
   */
  public static Progress onTerminal() {
    return new Progress(System.console() != null);
  }

  /**
   * Begins.
   *
   * @param task what is being done
   * @param total in any unit; negative where it is unknown
   */
  public void begin(String task, long total) {
    if (visible) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis((int) Duration.ofMillis(200).toMillis())
              .setConsumer(new Line())
              .build();
    }
  }

  /**
   * Goes on.
   *
   * @param amount done since the last call
   */
  public void advance(long amount) {
    if (bar != null) {
      bar.stepBy(amount);
    }
  }

  /**
   * Prints something of its own line, which the bar makes room for.
   *
   * @param print prints whole lines
   */
  public void aside(Runnable print) {
    if (bar == null) {
      print.run();
      return;
    }
    synchronized (drawing) {
      System.err.print(CLEAR_LINE);
      System.err.flush();
      print.run();
    }
    bar.refresh(); // outside: the bar draws under a lock of its own
  }

  /** Removes the bar. */
  public void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /** Draws on one line, never while somebody prints. */
  private final class Line implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public void accept(String text) {
      synchronized (drawing) {
        System.err.print("\r" + text);
        System.err.flush();
      }
    }

    @Override
    public void close() {
      synchronized (drawing) {
        System.err.print(CLEAR_LINE);
        System.err.flush();
      }
    }
  }
}

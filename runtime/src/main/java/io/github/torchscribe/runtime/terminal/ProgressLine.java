package io.github.torchscribe.runtime.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;

/** A progress bar: one line, drawn again and again. */
public final class ProgressLine {
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int WIDTH = 79;
  private static final int SECONDS_OF_AN_HOUR = 3600;

  private final Optional<PrintStream> stream;
  private final Object drawing = new Object();
  private ProgressBar bar;
  private Line line;

  private ProgressLine(Optional<PrintStream> stream) {
    this.stream = stream;
  }

  /**
   * A bar on the error stream, where the program runs in a terminal; otherwise none.
   *
   * @return a bar that has not begun
   */
  public static ProgressLine onTerminal() {
    return new ProgressLine(Terminal.isThere() ? Optional.of(System.err) : Optional.empty());
  }

  /**
   * A bar on a stream.
   *
   * @param stream leads to something that understands {@code \r} and {@code ESC [K}, as terminals
   *     do
   * @return a bar that has not begun
   */
  public static ProgressLine on(PrintStream stream) {
    return new ProgressLine(Optional.of(stream));
  }

  /**
   * Begins.
   *
   * @param task what is being done
   * @param total in any unit; negative where it is unknown
   */
  public void begin(String task, long total) {
    if (stream.isPresent()) {
      line = new Line();
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setUpdateIntervalMillis((int) Duration.ofMillis(200).toMillis())
              .setRenderer(ProgressLine::line)
              .setConsumer(line)
              .build();
    }
  }

  /** The library's own has digits of the locale. */
  private static String line(ProgressState state, int width) {
    long done = state.getCurrent();
    long all = state.getMax();
    boolean known = !state.isIndefinite() && all > 0;
    double share = known ? Math.min(1, (double) done / all) : 0;
    Duration spent = state.getTotalElapsed();
    String left = known && done > 0 ? time(spent.multipliedBy(all - done).dividedBy(done)) : "?";
    String before =
        state.getTaskName() + (known ? text(" %3d%% [", (int) (100 * share)) : "   ?% [");
    String after = text("] %d/%s (%s / %s)", done, known ? all : "?", time(spent), left);
    int room = Math.max(1, width - before.length() - after.length());
    String bar = "=".repeat((int) (share * room)) + (share < 1 && done > 0 ? ">" : "");
    String whole = before + bar + " ".repeat(Math.max(0, room - bar.length())) + after;
    return whole.substring(0, Math.min(width, whole.length()));
  }

  private static String time(Duration time) {
    long seconds = time.toSeconds();
    return text("%d:%02d:%02d", seconds / SECONDS_OF_AN_HOUR, seconds / 60 % 60, seconds % 60);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
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
      draw(CLEAR_LINE);
      print.run();
    }
    bar.refresh(); // outside: the bar draws under a lock of its own
  }

  /** Removes the bar. */
  public void end() {
    if (bar != null) {
      bar.close();
      line.close(); // the library does not where its thread has not begun to draw
      bar = null;
    }
  }

  private void draw(String text) {
    stream.ifPresent(
        some -> {
          some.print(text);
          some.flush();
        });
  }

  /** Draws on one line, never while somebody prints. */
  private final class Line implements ProgressBarConsumer {
    private boolean closed;

    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public void accept(String text) {
      synchronized (drawing) {
        if (!closed) { // what was under way on the library's thread comes too late
          draw("\r" + text);
        }
      }
    }

    @Override
    public void close() {
      synchronized (drawing) {
        if (!closed) {
          closed = true;
          draw(CLEAR_LINE);
        }
      }
    }
  }
}

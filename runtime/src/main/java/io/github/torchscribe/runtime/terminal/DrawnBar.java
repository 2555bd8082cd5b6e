package io.github.torchscribe.runtime.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;

/** A bar that has begun: the library's, of which nobody else knows. */
final class DrawnBar {
  static final String CLEAR_LINE = "\r\u001b[K";

  private static final int WIDTH = 79;
  private static final int SECONDS_OF_AN_HOUR = 3600;

  private final Line line;
  private final ProgressBar bar;

  /**
   * Begins.
   *
   * @param task what is being done
   * @param total in any unit; negative where it is unknown
   * @param drawing is held while something is drawn
   * @param screen draws
   */
  DrawnBar(String task, long total, Object drawing, Consumer<String> screen) {
    line = new Line(drawing, screen);
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setUpdateIntervalMillis((int) Duration.ofMillis(200).toMillis())
            .setRenderer(DrawnBar::text)
            .setConsumer(line)
            .build();
  }

  /** The library's own has digits of the locale. */
  private static String text(ProgressState state, int width) {
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

  void advance(long amount) {
    bar.stepBy(amount);
  }

  /** Draws it again; takes a lock of the library's, so that nobody who calls may hold ours. */
  void refresh() {
    bar.refresh();
  }

  void end() {
    bar.close();
    line.close(); // the library does not where its thread has not begun to draw
  }

  /** Draws on one line, never while somebody prints. */
  private static final class Line implements ProgressBarConsumer {
    private final Object drawing;
    private final Consumer<String> screen;
    private boolean closed;

    Line(Object drawing, Consumer<String> screen) {
      this.drawing = drawing;
      this.screen = screen;
    }

    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public void accept(String text) {
      synchronized (drawing) {
        if (!closed) { // what was under way on the library's thread comes too late
          screen.accept("\r" + text);
        }
      }
    }

    @Override
    public void close() {
      synchronized (drawing) {
        if (!closed) {
          closed = true;
          screen.accept(CLEAR_LINE);
        }
      }
    }
  }
}

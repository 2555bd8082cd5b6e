package io.github.torchscribe.runtime.terminal;

import io.github.torchscribe.runtime.library.Library;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** A progress bar: one line, drawn again and again. */
public final class ProgressLine {
  private static boolean said;

  private final Optional<PrintStream> stream;
  private final Object drawing = new Object();
  private DrawnBar bar;

  private ProgressLine(Optional<PrintStream> stream) {
    this.stream = stream;
  }

  /**
   * A bar on the error stream, where the program runs in a terminal and the library is there;
   * otherwise none.
   *
   * @return a bar that has not begun
   */
  public static ProgressLine onTerminal() {
    if (!Terminal.isThere()) {
      return new ProgressLine(Optional.empty());
    }
    boolean drawn = Library.PROGRESSBAR.isThere();
    if (!drawn) {
      say();
    }
    return new ProgressLine(drawn ? Optional.of(System.err) : Optional.empty());
  }

  /** Once: nobody has asked for a bar. */
  private static synchronized void say() {
    if (!said) {
      said = true;
      System.getLogger(ProgressLine.class.getName())
          .log(Level.INFO, "There is no progress bar: " + Library.PROGRESSBAR.missing("one"));
    }
  }

  /**
   * A bar on a stream.
   *
   * @param stream leads to something that understands {@code \r} and {@code ESC [K}, as terminals
   *     do
   * @return a bar that has not begun
   * @throws IllegalStateException when the library is not there; the message says what to add
   */
  public static ProgressLine on(PrintStream stream) {
    Library.PROGRESSBAR.require("a progress bar");
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
      bar = new DrawnBar(task, total, drawing, this::draw);
    }
  }

  /**
   * Goes on.
   *
   * @param amount done since the last call
   */
  public void advance(long amount) {
    if (bar != null) {
      bar.advance(amount);
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
      draw(DrawnBar.CLEAR_LINE);
      print.run();
    }
    bar.refresh(); // outside: the bar draws under a lock of its own
  }

  /** Removes the bar. */
  public void end() {
    if (bar != null) {
      bar.end();
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
}

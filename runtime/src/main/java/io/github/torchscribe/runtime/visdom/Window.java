package io.github.torchscribe.runtime.visdom;

/**
 * A window that is kept up to date. It is always sent as a whole: Visdom 0.2.4 takes fifteen times
 * as long to append to a curve of 3,000 points as to take the curve anew, because it compares the
 * window before and after; and what is sent as a whole cannot be there twice. One thread changes
 * it, another sends it.
 */
abstract class Window {
  private final String win;
  private long version;
  private long sent;

  /**
   * A window with nothing to show yet.
   *
   * @param win its name
   */
  Window(String win) {
    this.win = win;
  }

  final String win() {
    return win;
  }

  /** There is something new to show. */
  final synchronized void changed() {
    version++;
  }

  final synchronized boolean isEmpty() {
    return version == 0;
  }

  /** Whether the server lacks anything. */
  final synchronized boolean isPending() {
    return version != sent && version != 0;
  }

  /** All of it, in a message; counts as sent until {@link #forget()} is called. */
  final PlotMessage take(String env) {
    synchronized (this) {
      sent = version;
    }
    return draw(env);
  }

  /** Nobody knows what the server has. */
  final synchronized void forget() {
    sent = -1;
  }

  /** All there is to show now, or a little later: in a message that replaces what is there. */
  abstract PlotMessage draw(String env);
}

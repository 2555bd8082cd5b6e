package io.github.torchscribe.runtime.visdom;

import java.util.function.Function;

/** A window that shows the newest of something. */
final class Snapshot extends Window {
  private volatile Function<String, PlotMessage> newest;

  Snapshot(String win) {
    super(win);
  }

  /**
   * Shows something new.
   *
   * @param message makes it for an environment; called by the thread that sends, since it may
   *     encode pictures, for which the thread that trains must not wait
   */
  void show(Function<String, PlotMessage> message) {
    newest = message;
    changed();
  }

  @Override
  PlotMessage draw(String env) {
    return newest.apply(env);
  }
}

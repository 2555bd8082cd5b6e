package io.github.torchscribe.runtime.visdom;

import java.util.List;
import java.util.function.Function;

/** A window that shows the newest of something. One thread sets it, another sends it. */
final class Snapshot implements Window {
  private final String win;
  private Function<String, Message> newest;
  private boolean sent;

  Snapshot(String win) {
    this.win = win;
  }

  /**
   * Shows something new.
   *
   * @param message makes it for an environment; called by the thread that sends
   */
  synchronized void show(Function<String, Message> message) {
    newest = message;
    sent = false;
  }

  @Override
  public String win() {
    return win;
  }

  @Override
  public synchronized boolean isEmpty() {
    return newest == null;
  }

  @Override
  public synchronized boolean isPending() {
    return newest != null && !sent;
  }

  @Override
  public Message whole(String env) {
    Function<String, Message> message;
    synchronized (this) {
      message = newest;
    }
    return message.apply(env); // may encode pictures: the thread that trains must not wait
  }

  @Override
  public List<Message> take(String env, boolean exists) {
    synchronized (this) {
      sent = true;
    }
    return List.of(whole(env));
  }

  @Override
  public synchronized void forget() {
    sent = false;
  }
}

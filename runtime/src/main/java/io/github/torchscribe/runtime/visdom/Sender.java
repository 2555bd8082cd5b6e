package io.github.torchscribe.runtime.visdom;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** Keeps windows on the server up to date, from a thread of its own. */
final class Sender implements Runnable {
  private static final long PAUSE_MILLIS = 1_000;

  /** A server that shares the cores with the training shall have no more than a 50th of them. */
  private static final long REST_FACTOR = 50;

  private static final long LONGEST_PAUSE_MILLIS = 8_000;

  private final VisdomSettings settings;
  private final List<? extends Window> windows;
  private final Thread thread;
  private Visdom visdom;
  private boolean warned;
  private boolean hopeless;
  private boolean finishing;

  /** Begins to send. */
  Sender(VisdomSettings settings, List<? extends Window> windows) {
    this.settings = settings.withoutLog();
    this.windows = windows;
    thread = new Thread(this, "visdom-sender");
    thread.setDaemon(true);
    thread.start();
  }

  /** Tries once to send what is left, no longer than the given time, and ends. */
  void finish(Duration time) {
    synchronized (this) {
      finishing = true;
      notifyAll(); // out of its pause, not out of a call
    }
    try {
      thread.join(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    long pause = PAUSE_MILLIS;
    boolean last = false;
    while (!hopeless && !last) {
      last = isFinishing(); // asked before sending: what was added until then is sent
      long began = System.nanoTime();
      boolean sent = trySend();
      long tookMillis = (System.nanoTime() - began) / 1_000_000;
      pause = sent ? Math.max(PAUSE_MILLIS, REST_FACTOR * tookMillis) : 2 * pause;
      pause = Math.min(pause, LONGEST_PAUSE_MILLIS);
      if (!last) {
        rest(pause);
      }
    }
    if (visdom != null) {
      visdom.close();
    }
  }

  private boolean trySend() {
    try {
      if (visdom == null) {
        visdom = settings.connect();
        windows.forEach(Window::forget); // an earlier run may have left windows of the same name
      }
      for (Window window : windows) {
        if (window.isPending()) {
          visdom.send(window.take(settings.env));
        }
      }
      return true;
    } catch (VisdomException e) {
      windows.forEach(Window::forget); // what was under way may have arrived or not
      warn(e.getMessage());
      hopeless = !e.isPassing();
      return false;
    } catch (IllegalArgumentException e) {
      warn(e.getMessage());
      hopeless = true; // what cannot be drawn now cannot be drawn later
      return false;
    } catch (RuntimeException | Error e) {
      warn(e.toString()); // as where a part of Java is left out that the client needs
      hopeless = true;
      return false;
    }
  }

  private void warn(String reason) {
    if (!warned) {
      warned = true;
      System.getLogger(Sender.class.getName())
          .log(Level.WARNING, "Training goes on without Visdom: " + reason);
    }
  }

  private synchronized boolean isFinishing() {
    return finishing;
  }

  /** Waits, but no longer once the run has ended. */
  private synchronized void rest(long millis) {
    long until = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; left > 0 && !finishing; ) {
      try {
        wait(left);
      } catch (InterruptedException e) {
        return; // nobody interrupts this thread but the JVM's end
      }
      left = (until - System.nanoTime()) / 1_000_000;
    }
  }
}

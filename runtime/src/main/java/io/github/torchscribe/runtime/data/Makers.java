package io.github.torchscribe.runtime.data;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads that make a batch together with the one that waits for it: while it does, nobody needs
 * their cores. They are there from the first time on that somebody waits.
 */
final class Makers implements AutoCloseable {
  private final int count;
  private final ExecutorService others =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "torchscribe data helper");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Nobody yet.
   *
   * @param count how many there may be besides the one that waits
   */
  Makers(int count) {
    this.count = count;
  }

  /** The calling thread and the others take what is left of a batch. */
  void join(Making batch) {
    int wanted = Math.min(count, batch.piecesLeft() - 1);
    for (int i = 0; i < wanted; i++) {
      others.execute(batch::join);
    }
    batch.join();
  }

  @Override
  public void close() {
    others.shutdown();
  }
}

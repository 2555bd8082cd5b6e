package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.process.Failure;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that gather batches for a GPU, which leaves the cores free. */
final class Helpers implements Crew, AutoCloseable {
  /** More would wait for memory. */
  private static final int MOST = 4;

  /** Fewer rows take less time than to ask somebody for them. */
  private static final int FEWEST_ROWS = 16;

  private final int count;
  private final ExecutorService others;

  /** As many as there is work for. */
  Helpers(int count) {
    this.count = Math.min(MOST, count);
    others =
        Executors.newFixedThreadPool(
            Math.max(1, this.count - 1),
            work -> {
              Thread thread = new Thread(work, "torchscribe data helper");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void divide(int size, Part part) {
    int parts = Math.max(1, Math.min(count, size / FEWEST_ROWS));
    List<CompletableFuture<Void>> begun = new ArrayList<>();
    for (int i = 1; i < parts; i++) {
      int from = first(i, size, parts);
      int to = first(i + 1, size, parts);
      begun.add(CompletableFuture.runAsync(() -> gather(part, from, to), others));
    }
    try {
      gather(part, 0, first(1, size, parts));
    } finally {
      await(begun);
    }
  }

  private static int first(int part, int size, int parts) {
    return (int) ((long) size * part / parts);
  }

  private static void gather(Part part, int from, int to) {
    Threads.alone(() -> part.gather(from, to));
  }

  /** For all of them, also where one fails: they write into memory that will be freed. */
  private static void await(List<CompletableFuture<Void>> begun) {
    Throwable failure = null;
    for (CompletableFuture<Void> one : begun) {
      try {
        one.join();
      } catch (CompletionException e) {
        failure = e.getCause();
      }
    }
    Failure.throwAgain(failure);
  }

  @Override
  public void close() {
    others.shutdown();
  }
}

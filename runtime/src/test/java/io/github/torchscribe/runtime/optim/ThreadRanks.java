package io.github.torchscribe.runtime.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.runtime.torch.Peers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Ranks that are threads of the test. */
final class ThreadRanks {
  private ThreadRanks() {}

  /** Peers that know no more than how to add. */
  record Adding(Peers peers) implements Peers {
    @Override
    public int rank() {
      return peers.rank();
    }

    @Override
    public int size() {
      return peers.size();
    }

    @Override
    public void sum(Tensor numbers) {
      peers.sum(numbers);
    }
  }

  /** What a rank does. */
  interface Work<T> {
    T of(Peers peers) throws IOException;
  }

  /**
   * Has some do something together.
   *
   * @return what each came to
   */
  static <T> List<T> together(int ranks, Work<T> work) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(ranks);
    List<List<Tensor>> given = new ArrayList<>();
    for (int i = 0; i < ranks; i++) {
      given.add(List.of());
    }
    ExecutorService threads = Executors.newFixedThreadPool(ranks);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < ranks; i++) {
        Peers peers = new Rank(i, barrier, given);
        futures.add(
            threads.submit(
                () -> {
                  PointerScope scope = new PointerScope();
                  try {
                    return work.of(peers);
                  } finally {
                    scope.close();
                  }
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private record Rank(int rank, CyclicBarrier barrier, List<List<Tensor>> given) implements Peers {
    @Override
    public int size() {
      return given.size();
    }

    @Override
    public void sum(Tensor numbers) {
      given.set(rank, List.of(numbers));
      await();
      Tensor sum = torch.zeros_like(numbers);
      given.forEach(each -> sum.add_(each.get(0)));
      await();
      numbers.copy_(sum);
    }

    @Override
    public void spread(List<Tensor> parts) {
      assertEquals(size(), parts.size());
      given.set(rank, parts);
      await();
      for (int i = 0; i < parts.size(); i++) {
        if (i != rank && parts.get(i).numel() > 0) {
          parts.get(i).copy_(given.get(i).get(i));
        }
      }
      await();
    }

    private void await() {
      try {
        barrier.await(30, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

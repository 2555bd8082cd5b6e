package io.github.torchscribe.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.runtime.process.Pools.Need;
import io.github.torchscribe.runtime.torch.Threads;
import io.github.torchscribe.runtime.torch.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PoolsTest {
  private final int before = Threads.count();

  @BeforeEach
  void twoThreads() {
    Threads.set(2);
  }

  @AfterEach
  void restore() {
    Threads.set(before);
  }

  /** An operation in a thread of its own, which goes on until it is told to end. */
  private static final class Operation {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final Thread thread;
    private volatile int threads;
    private volatile int libtorch;

    Operation(Need need, int workers) {
      thread =
          new Thread(
              () -> {
                Pools.begin();
                try {
                  threads = Pools.take(need, workers);
                  libtorch = torch.get_num_threads();
                  begun.countDown();
                  mayEnd.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                } finally {
                  Pools.end();
                }
              });
      thread.start();
    }

    Operation whenBegun() throws InterruptedException {
      begun.await();
      return this;
    }

    Operation whenItWaits() throws InterruptedException {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.sleep(1);
      }
      assertEquals(1, begun.getCount());
      return this;
    }

    void end() throws InterruptedException {
      mayEnd.countDown();
      thread.join();
    }
  }

  private static int openBlas() {
    return openblas_full.openblas_get_num_threads();
  }

  @Test
  void openBlasIsChangedUnderNobodysHands() throws InterruptedException {
    Operation products = new Operation(Need.WORKERS, 1).whenBegun();
    Operation prediction = new Operation(Need.WORKERS, 1).whenBegun();
    assertEquals(1, openBlas());
    Operation all = new Operation(Need.OPENBLAS, 1).whenItWaits();
    Operation late = new Operation(Need.WORKERS, 1).whenItWaits();
    Operation gathers = new Operation(Need.WORKERS_WITHOUT_PRODUCTS, 1).whenBegun();
    assertEquals(1, openBlas());
    products.end();
    prediction.end();
    all.whenBegun();
    assertEquals(2, openBlas());
    assertEquals(1, all.threads);
    assertEquals(1, late.begun.getCount());
    all.end();
    late.whenBegun();
    assertEquals(1, openBlas());
    late.end();
    gathers.end();
  }

  @Test
  void workersShareTheCores() throws InterruptedException {
    Operation first = new Operation(Need.WORKERS, 2).whenBegun();
    Operation second = new Operation(Need.WORKERS, 2).whenBegun();
    assertEquals(2, first.threads);
    assertEquals(1, second.threads);
    first.end();
    Operation third = new Operation(Need.WORKERS, 2).whenBegun();
    assertEquals(1, third.threads);
    second.end();
    third.end();
    Operation alone = new Operation(Need.WORKERS, 2).whenBegun();
    assertEquals(2, alone.threads);
    alone.end();
  }

  @Test
  void libtorchHasItsThreadsWhoeverComputesBesides() throws InterruptedException {
    Operation first = new Operation(Need.LIBTORCH, 1).whenBegun();
    Operation second = new Operation(Need.LIBTORCH, 1).whenBegun();
    Operation workers = new Operation(Need.WORKERS, 2).whenBegun();
    assertEquals(2, first.libtorch);
    assertEquals(2, second.libtorch);
    assertEquals(1, workers.libtorch);
    assertEquals(1, workers.threads);
    first.end();
    second.end();
    workers.end();
  }

  /** As when a dataset asks a model, or a network of the user's own forward another. */
  @Test
  void operationsWithinOperationsTakeOverWhatThereIs() throws InterruptedException {
    int libtorch = torch.get_num_threads();
    Pools.begin();
    assertEquals(2, Pools.take(Need.WORKERS, 2));
    Pools.begin();
    assertEquals(1, Pools.take(Need.OPENBLAS, 1));
    assertEquals(1, openBlas());
    Threads.prepareFor(Workload.MATRIX_PRODUCTS); // would wait for this very thread
    Pools.end();
    Pools.end();
    assertEquals(libtorch, torch.get_num_threads());
    Operation all = new Operation(Need.OPENBLAS, 1).whenBegun();
    all.end();
  }

  @Test
  void whoComputesByHandWaitsForModels() throws InterruptedException {
    Operation products = new Operation(Need.WORKERS, 1).whenBegun();
    Thread byHand = new Thread(() -> Threads.prepareFor(Workload.MATRIX_PRODUCTS));
    byHand.start();
    while (byHand.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
    assertEquals(1, openBlas());
    products.end();
    byHand.join();
    assertEquals(2, openBlas());
  }

  @Test
  void leavesOpenBlasAsItWasBeforeTheFirstModel() throws InterruptedException {
    Threads.prepareFor(Workload.MATRIX_PRODUCTS);
    Pools.opened();
    new Operation(Need.WORKERS, 1).whenBegun().end();
    Pools.opened();
    Pools.closed();
    assertEquals(1, openBlas(), "one is still open");
    Pools.closed();
    assertEquals(2, openBlas());
  }

  /** Models that come and go, each with products of another need. */
  @Test
  void noPoolChangesWhileSomebodyIsInsideOfAProduct() throws InterruptedException {
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 6; t++) {
      Random random = new Random(t);
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 300; i++) {
                  Pools.opened();
                  compute(
                      List.of(Need.WORKERS, Need.LIBTORCH, Need.OPENBLAS).get(random.nextInt(3)),
                      wrong);
                  Pools.closed();
                }
              }));
    }
    Thread byHand =
        new Thread(
            () -> {
              for (int i = 0; i < 300; i++) {
                Threads.prepareFor(i % 2 == 0 ? Workload.MATRIX_PRODUCTS : Workload.CONVOLUTIONS);
              }
            });
    threads.add(byHand);
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), wrong);
  }

  private static void compute(Need need, List<String> wrong) {
    String wanted = (need == Need.LIBTORCH ? 2 : 1) + " " + (need == Need.OPENBLAS ? 2 : 1);
    Pools.begin();
    try {
      Pools.take(need, 2);
      for (int look = 0; look < 20; look++) {
        String there = torch.get_num_threads() + " " + openBlas();
        if (!there.equals(wanted)) {
          wrong.add(need + " has " + there);
        }
        Thread.yield();
      }
    } finally {
      Pools.end();
    }
  }
}

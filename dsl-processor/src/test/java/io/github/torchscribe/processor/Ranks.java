package io.github.torchscribe.processor;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.torch.Peers;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Ranks in one process, each with a thread of its own; sums are those of a group's. */
final class Ranks {
  private static final int PATIENCE = 60;

  private final Tensor[] given;
  private final int[] sums;
  private final CyclicBarrier barrier;

  Ranks(int size) {
    given = new Tensor[size];
    sums = new int[size];
    barrier = new CyclicBarrier(size);
  }

  /** What a rank does. */
  interface Work {
    void of(Peers self);
  }

  /** Each does its work, at the same time. */
  void run(Work work) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      Rank self = new Rank(i);
      CompletableFuture<Void> done = new CompletableFuture<>();
      all.add(done);
      Thread thread = new Thread(() -> complete(done, () -> work.of(self)), "rank-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private void complete(CompletableFuture<Void> done, Runnable work) {
    try {
      work.run();
      done.complete(null);
    } catch (Throwable e) {
      done.completeExceptionally(e);
      barrier.reset(); // nobody waits for it
    }
  }

  /** How many sums each rank has asked for since the last time. */
  List<Integer> sums() {
    List<Integer> all = IntStream.of(sums).boxed().toList();
    Arrays.fill(sums, 0);
    return all;
  }

  /** Has a model take part. */
  static void join(Model model, Peers peers) {
    engine(model).join(peers);
  }

  static Engine engine(Model model) {
    try {
      Method engine = Model.class.getDeclaredMethod("engine");
      engine.setAccessible(true);
      return (Engine) engine.invoke(model);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private final class Rank implements Peers {
    private final int rank;

    Rank(int rank) {
      this.rank = rank;
    }

    @Override
    public int rank() {
      return rank;
    }

    @Override
    public int size() {
      return given.length;
    }

    @Override
    public void sum(Tensor numbers) {
      sums[rank]++;
      given[rank] = numbers;
      meet();
      Tensor sum = given[0].clone();
      for (int i = 1; i < given.length; i++) {
        sum.add_(given[i]);
      }
      meet();
      numbers.copy_(sum);
      sum.close();
    }

    private void meet() {
      try {
        barrier.await(PATIENCE, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IllegalStateException("rank " + rank + " is alone", e);
      }
    }
  }
}

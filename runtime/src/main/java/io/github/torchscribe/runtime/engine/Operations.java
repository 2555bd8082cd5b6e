package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.generated.Generated;
import io.github.torchscribe.runtime.process.Native;
import io.github.torchscribe.runtime.process.Pools;
import io.github.torchscribe.runtime.torch.TorchException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;

/**
 * The rule by which a model's operations run: one at a time, in a scope that frees what it
 * allocates, with libtorch's exceptions in Java's terms; none after the end.
 */
final class Operations {
  private final Generated model;
  private final ReentrantReadWriteLock locks = new ReentrantReadWriteLock();
  private final Lock lock = locks.writeLock();
  private volatile boolean ended;
  private long changes;

  Operations(Generated model) {
    this.model = model;
  }

  /** Runs an operation alone. */
  <T> T run(String doing, Supplier<T> operation) {
    return run(doing, operation, 1);
  }

  /** Runs one alone that changes no weights. */
  <T> T look(String doing, Supplier<T> operation) {
    return run(doing, operation, 0);
  }

  private <T> T run(String doing, Supplier<T> operation, int changing) {
    lock.lock();
    changes += changing;
    try {
      requireOpen();
      Native.keepFreedMemory();
      Pools.begin();
      try {
        return runInScope(doing, operation);
      } finally {
        Pools.end();
      }
    } finally {
      lock.unlock();
    }
  }

  private <T> T runInScope(String doing, Supplier<T> operation) {
    boolean gradMode = GradMode.is_enabled();
    GradMode.set_enabled(false);
    PointerScope scope = new PointerScope();
    try {
      return operation.get();
    } catch (RuntimeException e) {
      throw readable(doing, e);
    } finally {
      scope.close();
      GradMode.set_enabled(gradMode);
    }
  }

  /** Runs something that only reads weights, beside others that do, in a scope as {@link #run}. */
  <T> T read(String doing, Supplier<T> operation) {
    locks.readLock().lock();
    try {
      requireOpen();
      return runInScope(doing, operation);
    } finally {
      locks.readLock().unlock();
    }
  }

  /** Runs something that needs nothing of the model, in a scope as {@link #run}. */
  <T> T apart(String doing, Supplier<T> operation) {
    return runInScope(doing, operation);
  }

  /** In Java's terms, with what was being done. */
  RuntimeException readable(String doing, RuntimeException e) {
    String what = doing + " of " + model.network().name();
    return e instanceof NoRoom none
        ? TorchException.of(what, model.type(), none.shortage(), none.getMessage())
        : TorchException.of(what, model.type(), e);
  }

  /**
   * How many operations have run alone, any of which may have changed weights: asked by one that
   * only reads them.
   */
  long changes() {
    return changes;
  }

  /** Runs something that only reads weights, beside others that do. */
  void read(Runnable operation) {
    locks.readLock().lock();
    try {
      requireOpen();
      operation.run();
    } catch (RuntimeException e) {
      throw readable("prediction", e);
    } finally {
      locks.readLock().unlock();
    }
  }

  /** Runs something alone, without a scope, and leaves what it throws as it is. */
  <T> T alone(Supplier<T> operation) {
    lock.lock();
    try {
      requireOpen();
      return operation.get();
    } finally {
      lock.unlock();
    }
  }

  /** Runs what ends all, once. */
  void end(Runnable last) {
    lock.lock();
    try {
      if (!ended) {
        ended = true;
        last.run();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Until the end. */
  boolean isOpen() {
    return !ended;
  }

  /** After the end nothing goes. */
  void requireOpen() {
    if (ended) {
      throw new IllegalStateException(model.network().name() + " is closed");
    }
  }
}

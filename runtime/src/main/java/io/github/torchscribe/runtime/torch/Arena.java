package io.github.torchscribe.runtime.torch;

import io.github.torchscribe.runtime.process.Leaks;
import io.github.torchscribe.runtime.process.Unclaimed;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Owns native objects made together, and frees them together.
 *
 * <p>JavaCPP attaches each new object to the innermost open {@link PointerScope} of the thread.
 * What must outlive the user's scopes is therefore made inside a scope of our own, which closes for
 * the thread at once but keeps what it holds.
 */
public final class Arena implements AutoCloseable {
  private final PointerScope scope;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Leaks.Watch watch = Leaks.opened(this);
  private volatile boolean closed;

  private Arena(PointerScope scope) {
    this.scope = scope;
  }

  /**
   * Runs {@code allocation}; every native object that it makes belongs to the arena.
   *
   * @param allocation makes tensors; when it throws, what it made so far is freed
   * @return the owner
   */
  public static Arena filledBy(Runnable allocation) {
    PointerScope scope = new PointerScope();
    try {
      allocation.run();
      scope.extend();
    } finally {
      scope.close(); // when allocation failed, this frees what was made so far
    }
    return new Arena(scope);
  }

  /**
   * Runs {@code work}; every native object that it makes is freed behind it.
   *
   * @param work keeps none of them
   */
  public static void during(Runnable work) {
    PointerScope scope = new PointerScope();
    try {
      work.run();
    } finally {
      scope.close();
    }
  }

  /**
   * Notes that a tensor is the caller's from now on: where many are never freed the garbage
   * collector is asked for, and where leaks are looked for this is one.
   *
   * @param tensor belongs to the caller's scope
   * @return the tensor
   */
  public static Tensor given(Tensor tensor) {
    Unclaimed.RESULTS.add(tensor);
    return Leaks.given(tensor);
  }

  /**
   * Refuses the use of what has been freed.
   *
   * @param owner whose memory it is, for the message
   * @throws IllegalStateException after {@link #close()}
   */
  public void requireOpen(String owner) {
    if (closed) {
      throw new IllegalStateException(owner + " is closed");
    }
  }

  /**
   * Uses what it owns; until that is over nothing is freed, whichever thread closes this.
   *
   * @param owner whose memory it is, for the message
   * @param work must not close this
   * @throws IllegalStateException after {@link #close()}
   */
  public void use(String owner, Runnable work) {
    lock.readLock().lock();
    try {
      requireOpen(owner);
      work.run();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Frees everything, once nobody {@linkplain #use uses} it. A second call does nothing. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        scope.deallocate();
        watch.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}

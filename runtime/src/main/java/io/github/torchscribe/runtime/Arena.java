package io.github.torchscribe.runtime;

import org.bytedeco.javacpp.PointerScope;

/**
 * Owns native objects made together, and frees them together.
 *
 * <p>JavaCPP attaches each new object to the innermost open {@link PointerScope} of the thread.
 * What must outlive the user's scopes is therefore made inside a scope of our own, which closes for
 * the thread at once but keeps what it holds.
 */
public final class Arena implements AutoCloseable {
  private final PointerScope scope;
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

  /** Frees everything; any thread may call it, once nobody uses the tensors. */
  @Override
  public void close() {
    closed = true;
    scope.deallocate();
  }
}

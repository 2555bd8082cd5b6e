package io.github.torchscribe.runtime.predict;

import io.github.torchscribe.runtime.engine.Engine;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Where answers come from at a time: a model's lanes, and how many calls are under way there. */
final class Source {
  final Engine engine;
  final Lanes lanes;
  private final AtomicLong calls = new AtomicLong();
  private volatile Thread waiting;

  Source(Engine engine, Lanes lanes) {
    this.engine = engine;
    this.lanes = lanes;
  }

  /** A call begins: until it ends, lanes stay. */
  void begin() {
    calls.incrementAndGet();
  }

  /** One that has begun is over. */
  void end() {
    if (calls.decrementAndGet() == 0) {
      LockSupport.unpark(waiting); // mostly null, which does nothing
    }
  }

  /** Waits until no call is under way; whoever begins one after this is another's. */
  void awaitCalls() {
    boolean interrupted = false;
    waiting = Thread.currentThread();
    while (calls.get() != 0) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    waiting = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

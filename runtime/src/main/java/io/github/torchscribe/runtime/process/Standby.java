package io.github.torchscribe.runtime.process;

/**
 * Whether a helper stands by for what is so short that nobody is to be woken for it: one that is
 * awake, while nobody else computes. Where short questions follow each other one is woken for those
 * to come, and stays awake as long as they do. One thread at a time asks.
 */
final class Standby {
  /** Who helps with short things sleeps when no more have come for so long. */
  static final long AWAKE_NANOS = 50_000;

  /** So many questions in a row come often where they all come within so long. */
  private static final int ROUND = 64;

  private static final long ROUND_NANOS = ROUND * 25_000L;

  private int missed;
  private long began;

  /**
   * Whether one does now.
   *
   * @param hands who needs one
   */
  boolean isThere(Hands hands) {
    if (hands.isNextAwake()) {
      return Pools.isQuiet();
    }
    if (++missed == ROUND) {
      missed = 0;
      long now = System.nanoTime();
      if (now - began < ROUND_NANOS && Pools.isQuiet()) {
        hands.wakeNext();
      }
      began = now;
    }
    return false;
  }
}

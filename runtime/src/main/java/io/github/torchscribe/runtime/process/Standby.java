package io.github.torchscribe.runtime.process;

/**
 * Whether a helper stands by for what is so short that nobody is to be woken for it: one that is
 * awake, while nobody else computes. Where short questions follow each other one is woken for those
 * to come, and stays awake as long as they do. Who is awake may still have no core: other processes
 * may have it, or it waits for the one of the thread that asks, from which it takes time. Then
 * nobody stands by for a while. One thread at a time asks.
 */
final class Standby {
  /** Who helps with short things sleeps when no more have come for so long. */
  static final long AWAKE_NANOS = 50_000;

  /** So many questions in a row come often where they all come within so long. */
  private static final int ROUND = 64;

  private static final long ROUND_NANOS = ROUND * 25_000L;

  /**
   * So much that is short is divided, some hundredths of a second long, before it is asked whether
   * that was in vain: so long the system needs to give who was woken another core.
   */
  static final int TRIAL = 2_048;

  /** About a fifth of a second of questions. */
  static final int PAUSE = 20_000;

  private int paused;
  private int divided;
  private int helped;
  private int missed;
  private long began;

  /**
   * Whether one does now.
   *
   * @param hands who needs one
   */
  boolean isThere(Hands hands) {
    if (isPaused()) {
      paused--;
      return false;
    }
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

  /** Whether nobody is asked at present. */
  boolean isPaused() {
    return paused > 0;
  }

  /**
   * Something short has been divided.
   *
   * @param withHelp whether the helper had a part of it; else it was not there in time
   */
  void divided(boolean withHelp) {
    helped += withHelp ? 1 : 0;
    if (++divided == TRIAL) {
      if (2 * helped < TRIAL) {
        paused = PAUSE;
      }
      divided = 0;
      helped = 0;
    }
  }
}

package io.github.torchscribe.runtime.process;

import java.util.function.LongSupplier;

/**
 * Whether a helper stands by for what is so short that nobody is to be woken for it: one that is
 * awake, while nobody else computes. Where short questions follow each other one is woken for those
 * to come, and stays awake as long as they do. Who is awake may still have no core, or lose it in
 * the middle, as other processes want it, too: so it is tried now and then whether questions are
 * answered faster with help. One thread at a time asks.
 */
final class Standby {
  /** Who helps with short things sleeps when no more have come for so long. */
  static final long AWAKE_NANOS = 50_000;

  /** So many questions in a row come often where they all come within so long. */
  private static final int ROUND = 64;

  private static final long ROUND_NANOS = ROUND * 25_000L;

  private final LongSupplier clock;
  private Phase phase = Phase.SETTLING;
  private int left = Phase.SETTLING.questions;
  private boolean helps = true;
  private long phaseBegan;
  private long withHelp;
  private int missed;
  private long roundBegan;

  Standby() {
    this(System::nanoTime);
  }

  /** With a clock in nanoseconds. */
  Standby(LongSupplier clock) {
    this.clock = clock;
  }

  /** What is done with so many questions. */
  private enum Phase {
    /** They have help; the system may first have to give who was woken another core, for 0.1 s. */
    SETTLING(10_000),
    /** They have help, and are timed. */
    HELPED(1_000),
    /** They have none, and are timed. */
    ALONE(1_000),
    /** It was faster with help, and they have it. */
    FASTER(100_000),
    /** It was not, and they have none. */
    SLOWER(100_000);

    private final int questions;

    Phase(int questions) {
      this.questions = questions;
    }
  }

  /**
   * Whether one does now.
   *
   * @param hands who needs one
   */
  boolean isThere(Hands hands) {
    if (!mayHelp()) {
      return false;
    }
    if (hands.isNextAwake()) {
      return Pools.isQuiet();
    }
    if (++missed == ROUND) {
      missed = 0;
      long now = clock.getAsLong();
      if (now - roundBegan < ROUND_NANOS && Pools.isQuiet()) {
        hands.wakeNext();
      }
      roundBegan = now;
    }
    return false;
  }

  /** Another question has come: whether it is to have help. */
  boolean mayHelp() {
    if (left == 0) {
      goOn();
    }
    left--;
    return helps;
  }

  private void goOn() {
    long now = clock.getAsLong();
    long taken = now - phaseBegan;
    phaseBegan = now;
    switch (phase) {
      case SETTLING -> begin(Phase.HELPED, true);
      case HELPED -> {
        withHelp = taken;
        begin(Phase.ALONE, false);
      }
      case ALONE -> {
        boolean faster = withHelp < taken;
        begin(faster ? Phase.FASTER : Phase.SLOWER, faster);
      }
      default -> begin(Phase.SETTLING, true);
    }
  }

  private void begin(Phase next, boolean hasHelp) {
    phase = next;
    left = next.questions;
    helps = hasHelp;
  }
}

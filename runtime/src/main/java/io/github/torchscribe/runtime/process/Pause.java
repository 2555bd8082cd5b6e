package io.github.torchscribe.runtime.process;

/**
 * How threads that work together wait for each other: by spinning, since waking a sleeping thread
 * takes longer than most of what there is to wait for.
 */
public final class Pause {
  /** So often who waits spins before it also gives its core away. */
  public static final int SPINS_BEFORE_YIELDING = 1_000;

  private Pause() {}

  /**
   * One of many.
   *
   * @param spins how many there have been since the waiting began
   */
  public static void after(int spins) {
    if (spins < SPINS_BEFORE_YIELDING) {
      Thread.onSpinWait();
    } else {
      Thread.yield(); // somebody else may need this core to get where we wait for it
    }
  }
}

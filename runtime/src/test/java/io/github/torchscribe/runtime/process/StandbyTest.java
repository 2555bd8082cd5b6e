package io.github.torchscribe.runtime.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Help is asked for as long as questions are answered faster with it. */
@Timeout(60)
class StandbyTest {
  private static final int QUESTIONS = 5_000_000;

  private long now;
  private final Standby standby = new Standby(() -> now);

  /** The part of questions that have help, where they take so long with it and so long without. */
  private double helped(long with, long without) {
    int helped = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      boolean helps = standby.mayHelp();
      now += helps ? with : without;
      helped += helps ? 1 : 0;
    }
    return (double) helped / QUESTIONS;
  }

  @Test
  void mostHaveHelpWhereThatIsFaster() {
    assertTrue(helped(6_500, 9_500) > 0.95);
  }

  @Test
  void fewHaveItWhereItIsSlower() {
    assertTrue(helped(11_500, 9_500) < 0.15);
  }

  @Test
  void othersMayComeAndGo() {
    helped(6_500, 9_500);
    assertTrue(helped(11_500, 9_500) < 0.2);
    assertTrue(helped(6_500, 9_500) > 0.9);
  }
}

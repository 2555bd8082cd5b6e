package io.github.torchscribe.runtime.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is awake is asked for help, unless that is in vain. */
@Timeout(60)
class StandbyTest {
  private final Hands hands = new Hands();
  private final Standby standby = new Standby();

  private void awaitHelper() {
    while (!standby.isThere(hands)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void asksNobodyForAWhileAfterHelpThatDidNotCome() {
    assumeTrue(Pools.threads() > 1);
    awaitHelper();
    for (int i = 0; i < Standby.TRIAL; i++) {
      standby.divided(i % 3 == 0);
    }
    for (int i = 0; i < Standby.PAUSE; i++) {
      hands.wakeNext();
      assertFalse(standby.isThere(hands));
    }
    awaitHelper();
  }

  @Test
  void goesOnAskingWhoHelpsMostly() {
    for (int i = 0; i < 10 * Standby.TRIAL; i++) {
      standby.divided(i % 3 > 0);
    }
    assertFalse(standby.isPaused());
  }
}

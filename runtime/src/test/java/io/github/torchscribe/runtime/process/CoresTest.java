package io.github.torchscribe.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CoresTest {
  private final Cores cores = new Cores();

  @Test
  void whoIsAloneGetsAll() {
    assertEquals(8, cores.enter(8, 8));
    cores.leave(8, 8);
    assertEquals(5, cores.enter(5, 8));
    cores.leave(5, 5);
    assertEquals(1, cores.enter(1, 1));
  }

  @Test
  void isQuietUntilTwoComputeAtOnce() throws InterruptedException {
    assertTrue(cores.isQuiet());
    cores.enter(2, 2);
    cores.leave(2, 2);
    cores.enter(2, 2);
    assertTrue(cores.isQuiet(), "one after the other");
    cores.enter(1, 2);
    assertFalse(cores.isQuiet());
    cores.leave(1, 1);
    cores.leave(2, 2);
    assertFalse(cores.isQuiet(), "they may soon come again");
    Thread.sleep(2);
    assertTrue(cores.isQuiet());
    cores.enterWith(2);
    cores.enterWith(2);
    assertFalse(cores.isQuiet());
  }

  @Test
  void twoThatWantAllSoonHaveHalf() {
    assertEquals(8, cores.enter(8, 8));
    assertEquals(1, cores.enter(8, 8), "none is free");
    cores.leave(8, 8);
    assertEquals(4, cores.enter(8, 8));
    cores.leave(8, 1);
    assertEquals(4, cores.enter(8, 8));
  }

  @Test
  void whatOthersDoNotWantIsNotKeptForThem() {
    assertEquals(1, cores.enter(1, 8), "a prediction");
    assertEquals(2, cores.enter(2, 8), "a small batch");
    assertEquals(5, cores.enter(8, 8));
  }

  @Test
  void withMoreOperationsThanCoresEachHasOneThread() {
    for (int i = 0; i < 5; i++) {
      cores.enter(2, 2);
    }
    cores.leave(2, 2); // the first
    assertEquals(1, cores.enter(2, 2));
  }

  @Test
  void countsThreadsThatAreTooMany() {
    assertEquals(16, cores.enter(16, 16), "an answer");
    assertEquals(0, cores.beyond(16));
    assertEquals(1, cores.enter(16, 16), "a step");
    assertEquals(1, cores.beyond(16));
    cores.leave(16, 16);
    assertEquals(0, cores.beyond(16));
  }

  @Test
  void whoNeedsAllLeavesOthersOne() {
    cores.enterWith(4);
    assertEquals(1, cores.enter(4, 4));
    cores.leave(4, 4);
    cores.leave(4, 1);
    assertEquals(4, cores.enter(4, 4), "all have gone");
  }
}

package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // it would spin, not sleep
class SquadTest {
  private static final int WORKERS = 4;

  private final AtomicBoolean broken = new AtomicBoolean();
  private final Squad squad = new Squad(WORKERS, 1, broken::get);
  private final List<Thread> helpers = new ArrayList<>();

  private void helpedBy(int some) {
    squad.open();
    for (int i = 1; i <= some; i++) {
      int number = i;
      Thread helper =
          new Thread(
              () -> {
                PointerScope scope = new PointerScope();
                squad.help(number);
                scope.close();
              });
      helper.start();
      helpers.add(helper);
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    squad.end();
    for (Thread helper : helpers) {
      helper.join();
    }
    squad.close();
  }

  private void multiplies() {
    PointerScope scope = new PointerScope();
    try {
      for (long height : new long[] {1, 5, 64}) {
        for (long width : new long[] {3, 33, 200}) {
          Tensor result = torch.empty(height, width);
          Tensor shift = torch.rand(width);
          Tensor right = torch.rand(width, 50).t();
          for (int again = 0; again < 3; again++) { // another left factor each time
            Tensor left = torch.rand(height, 50);
            Tensor product = torch.mm(left, right);
            boolean divided = squad.multiply(result, again < 2 ? shift : null, left, right);
            assertEquals(height * width > 3, divided, height + " × " + width);
            Tensor expected = again < 2 ? product.add(shift) : product;
            assertTrue(!divided || torch.allclose(expected, result, 1e-5, 1e-6, false));
          }
        }
      }
    } finally {
      scope.close();
    }
  }

  @Test
  void computesTogetherWhatOneWould() {
    helpedBy(WORKERS - 1);
    multiplies();
  }

  /** Where there are fewer threads than workers they come when the leader has ended, or late. */
  @Test
  void waitsForNobodyWhoHasNotCome() {
    helpedBy(0);
    multiplies();
    helpedBy(1);
    multiplies();
    squad.end();
    squad.help(2);
  }

  @Test
  void manyProductsAreEachComputedOnce() {
    helpedBy(WORKERS - 1);
    PointerScope scope = new PointerScope();
    try {
      Tensor sum = torch.zeros(8, 64);
      Tensor ones = torch.ones(8, 2);
      Tensor others = torch.ones(2, 64);
      for (int i = 1; i <= 2_000; i++) {
        assertTrue(squad.multiply(sum, null, ones, others));
        sum.add_(torch.ones(1)); // a part that came late would undo it
        assertEquals(8 * 64 * 3, sum.sum().item_double(), "product " + i);
      }
    } finally {
      scope.close();
    }
  }

  /** As of a view that is made in each step: a long run is as one that has been taken up again. */
  @Test
  void resultsThatAreNewEachTimeAreDividedForEver() {
    helpedBy(WORKERS - 1);
    PointerScope scope = new PointerScope();
    try {
      Tensor lasting = torch.empty(8, 64);
      Tensor left = torch.randn(8, 50);
      Tensor right = torch.randn(50, 64);
      assertTrue(squad.multiply(lasting, null, left, right));
      Tensor first = lasting.clone();
      Tensor whole = torch.empty(8, 8, 8);
      for (int step = 1; step <= 2 * Squad.MOST_KEPT + 100; step++) {
        Tensor result = whole.flatten(1, -1);
        assertTrue(squad.multiply(result, null, left, right), "step " + step);
        assertTrue(squad.multiply(lasting, null, left, right), "step " + step);
        assertTrue(torch.equal(first, result) && torch.equal(first, lasting), "step " + step);
      }
    } finally {
      scope.close();
    }
  }

  @Test
  void leavesAloneWhatIsSmall() {
    Squad large = new Squad(WORKERS, 1_000, broken::get);
    PointerScope scope = new PointerScope();
    try (large) {
      Tensor some = torch.ones(9, 9);
      assertFalse(large.multiply(torch.zeros(9, 9), null, some, some));
    } finally {
      scope.close();
    }
  }

  @Test
  void whatFailsForOneFailsForTheLeader() {
    helpedBy(WORKERS - 1);
    PointerScope scope = new PointerScope();
    try {
      Tensor result = torch.zeros(8, 64);
      Tensor left = torch.ones(8, 2);
      assertThrows(
          RuntimeException.class, () -> squad.multiply(result, null, left, torch.ones(3, 64)));
    } finally {
      scope.close();
    }
  }

  @Test
  void whoseLeaderHasDiedHelpsNoLonger() throws InterruptedException {
    helpedBy(WORKERS - 1);
    broken.set(true);
    for (Thread helper : helpers) {
      helper.join();
    }
  }
}

package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.process.Hands;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is tried is remembered, and nobody waits for who tries it. */
@Timeout(30)
class SameBitsTest {
  private final Hands hands = new Hands();

  @Test
  void isTriedOnceWhereNobodyElseDoes() {
    hands.expect(4, 1);
    SameBits same = new SameBits(hands, 3, false, () -> false, "something", 1L);
    assertEquals(3, hands.useful());
    assertFalse(same.isSo());
    assertEquals(1, hands.useful(), "it is not divided");
    SameBits again = new SameBits(hands, 3, false, () -> true, "something", 1L);
    assertEquals(1, hands.useful(), "as is known now");
    assertFalse(again.isSo());
    assertTrue(new SameBits(hands, 2, false, () -> true, "something", 1L).isSo());
    assertTrue(new SameBits(hands, 3, false, () -> true, "something", 2L).isSo());
  }

  @Test
  void isNotWaitedFor() throws Exception {
    hands.expect(2, 1);
    CountDownLatch both = new CountDownLatch(2);
    ExecutorService askers = Executors.newFixedThreadPool(2);
    try {
      Future<Boolean> first = askers.submit(() -> triedTogether(both).isSo());
      Future<Boolean> second = askers.submit(() -> triedTogether(both).isSo());
      assertTrue(first.get());
      assertTrue(second.get());
    } finally {
      askers.shutdownNow();
    }
  }

  private static SameBits triedTogether(CountDownLatch both) {
    Hands own = new Hands();
    own.expect(2, 1);
    return new SameBits(
        own,
        2,
        false,
        () -> {
          both.countDown();
          try {
            return both.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        "tried by two");
  }

  @Test
  void isTriedOnNumbersOfBothSigns() {
    PointerScope scope = new PointerScope();
    try {
      for (long[] sizes : new long[][] {{7}, {4099}, {100, 257}}) {
        Tensor numbers = SameBits.like(torch.empty(sizes).t());
        assertTrue(numbers.min().item_float() < -0.9);
        assertTrue(numbers.max().item_float() > 0.9);
        assertFalse(numbers.isnan().any().item_bool());
      }
      assertEquals(1, SameBits.like(torch.empty(100, 257).t()).stride(0));
    } finally {
      scope.close();
    }
  }
}

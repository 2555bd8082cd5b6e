package io.github.torchscribe.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UnclaimedTest {
  private static final long BOUND = 10L << 20;
  private static final long NUMBERS = 500_000; // 2 MB

  private final AtomicInteger asked = new AtomicInteger();
  private final Unclaimed results = new Unclaimed(BOUND, asked::incrementAndGet);

  @BeforeAll
  static void load() {
    Native.load();
  }

  private static Tensor result() {
    return torch.empty(NUMBERS);
  }

  @Test
  void asksForGarbageWhenThereIsMuch() {
    List<Tensor> kept = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      kept.add(result());
      results.add(kept.get(i));
    }
    assertEquals(0, asked.get());
    kept.add(result());
    results.add(kept.get(5));
    assertEquals(1, asked.get(), results.bytes() + " bytes");
    kept.forEach(Tensor::close);
  }

  @Test
  void doesNotAskAgainAndAgainForWhatSomebodyHas() {
    List<Tensor> kept = new ArrayList<>();
    for (int i = 0; i < 50; i++) { // ten times the bound
      kept.add(result());
      results.add(kept.get(i));
    }
    assertTrue(asked.get() >= 2 && asked.get() <= 10, asked + " times");
    kept.forEach(Tensor::close);
  }

  @Test
  void whatIsFreedInTimeIsNotCounted() {
    for (int i = 0; i < 100; i++) {
      PointerScope scope = new PointerScope();
      Tensor inScope = result();
      scope.attach(inScope);
      results.add(inScope);
      scope.close();
      Tensor closed = result();
      results.add(closed);
      closed.close();
    }
    assertEquals(0, asked.get());
    assertTrue(results.bytes() <= BOUND, results.bytes() + " bytes");
  }

  @Test
  void whatNobodyHasIsCollected() {
    Unclaimed collected = new Unclaimed(BOUND, System::gc);
    long most = 0;
    for (int i = 0; i < 100; i++) {
      collected.add(result());
      most = Math.max(most, collected.bytes());
    }
    assertTrue(most < 6 * BOUND, most + " bytes"); // of twenty times the bound
  }

  @Test
  void theBoundIsSomethingBetween() {
    long bound = Unclaimed.bound();
    assertTrue(
        bound >= 64L << 20 && bound <= Math.max(64L << 20, Runtime.getRuntime().maxMemory()));
  }
}

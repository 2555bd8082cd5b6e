package io.github.torchscribe.runtime.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.torchscribe.runtime.process.Native;
import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private final int before = Threads.count();

  @AfterEach
  void restore() {
    Threads.set(before);
  }

  @Test
  void givesTheCoresToThePoolThatDoesTheWork() {
    Threads.set(2);
    Threads.prepareFor(Workload.MATRIX_PRODUCTS);
    assertEquals(1, torch.get_num_threads());
    assertEquals(2, openblas_full.openblas_get_num_threads());

    Threads.prepareFor(Workload.CONVOLUTIONS);
    assertEquals(2, torch.get_num_threads());
    assertEquals(1, openblas_full.openblas_get_num_threads());
  }

  @Test
  void whatIsSmallIsComputedByOneThread() {
    Native.load();
    int before = torch.get_num_threads();
    try {
      torch.set_num_threads(2);
      Threads.alone(() -> assertEquals(1, torch.get_num_threads()));
      assertEquals(2, torch.get_num_threads());
    } finally {
      torch.set_num_threads(before);
    }
  }

  @Test
  void refusesNoThreads() {
    assertThrows(IllegalArgumentException.class, () -> Threads.set(0));
  }
}

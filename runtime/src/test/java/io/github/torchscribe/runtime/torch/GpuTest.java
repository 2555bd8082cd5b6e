package io.github.torchscribe.runtime.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpuTest {
  @Test
  void theProcessorIsNone() {
    assertEquals(Optional.empty(), Gpu.of(Device.cpu()));
  }

  @Test
  void saysWhatWasInUse() {
    Gpu gpu = new Gpu("NVIDIA H200", 150_123_000_000L, 512_999_999);
    assertEquals("512 MB of 150,123 MB", gpu.peak());
    assertEquals(
        "a batch of 200 on NVIDIA H200: a step takes 4 MB; the most in use until now 512 MB of"
            + " 150,123 MB",
        gpu.room(200, 3_000_001));
  }
}

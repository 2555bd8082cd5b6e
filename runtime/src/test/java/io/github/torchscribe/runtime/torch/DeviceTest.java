package io.github.torchscribe.runtime.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.torchscribe.runtime.process.Native;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class DeviceTest {
  @Test
  void readsNames() {
    assertEquals(Device.cpu(), Device.of("cpu"));
    assertEquals("cpu", Device.of(" CPU ").toString());
    assertEquals(Device.best(), Device.of("best"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Device.of("gpu"));
    assertEquals("unknown device 'gpu': give cpu, cuda, cuda:INDEX or best", e.getMessage());
  }

  @Test
  void saysWhatCudaLacks() {
    Device.cpu();
    Native.load();
    assumeFalse(torch.cuda_is_available());
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> Device.cuda(0));
    assertTrue(e.getMessage().startsWith("device cuda:0 is not there: "), e.getMessage());
    assertTrue(
        e.getMessage().contains("pytorch-platform-gpu") || e.getMessage().contains("nvidia-smi"),
        e.getMessage());
    assertEquals(Device.cpu(), Device.best());
  }
}

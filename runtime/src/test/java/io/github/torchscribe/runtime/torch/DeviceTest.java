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
    assertTrue(e.getMessage().endsWith(Device.reason(0, Device.Cuda.ofThisProcess())));
    assertEquals(Device.cpu(), Device.best());
  }

  /** How far the way goes: jars, CUDA's libraries, a driver, as many GPUs as were asked for. */
  @Test
  void saysWhatToDo() {
    assertEquals("this machine has 1, counted from 0", Device.reason(1, Device.Cuda.LOADED));
    assertTrue(Device.reason(0, Device.Cuda.LOADED).contains("nvidia-smi"));
    assertTrue(Device.reason(0, Device.Cuda.NOT_LOADED).contains("LD_LIBRARY_PATH"));
    assertTrue(Device.reason(0, Device.Cuda.NOT_ON_CLASS_PATH).contains("-Pgpu"));
  }

  /** The tests' own class path has no libtorch with CUDA unless the build is told to. */
  @Test
  void knowsWhichLibtorchIsLoaded() {
    Native.load();
    assertEquals(Native.hasLoadedGpuLibraries(), Device.Cuda.ofThisProcess() == Device.Cuda.LOADED);
    assertTrue(Native.hasGpuLibraries() || !Native.hasLoadedGpuLibraries());
  }
}

package io.github.torchscribe.processor;

import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Where the networks of these tests live, and what they are given: on the CPU, or where {@code
 * -Dtest.device=cuda} says. Not every test is made for another device; {@code benchmarks/gpu/check}
 * has the list.
 */
final class TestDevice {
  private static final Device DEVICE = Device.of(System.getProperty("test.device", "cpu"));

  static {
    if (isGpu()) {
      // libtorch's own choice for convolutions leaves 10 bits of 23: their gradients would be
      // compared within 1e-2, and the tests could not tell a wrong one.
      torch.globalContext().setAllowTF32CuDNN(false);
    }
  }

  private TestDevice() {}

  static Device get() {
    return DEVICE;
  }

  static boolean isGpu() {
    return DEVICE.type() == Device.Type.CUDA;
  }

  /** There, in the layout that it has. */
  static Tensor there(Tensor tensor) {
    return isGpu() ? DEVICE.copy(tensor) : tensor;
  }

  static Tensors there(Tensors tensors) {
    return isGpu() ? tensors.map(TestDevice::there) : tensors;
  }
}

package io.github.torchscribe.samples.mnist;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Noise in the place of MNIST's digits, with any classes. */
final class Digits {
  private Digits() {}

  static Tensor inputs(long n) {
    return torch.randn(n, 1, 28, 28);
  }

  static Tensor targets(long n) {
    return torch.randint(10, new long[] {n}, new TensorOptions(torch.ScalarType.Long));
  }
}

package io.github.torchscribe.runtime.torch;

import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.global.torch_cuda;

/** Random streams of a GPU. */
final class CudaRandom {
  private CudaRandom() {}

  /**
   * A stream of its own.
   *
   * @param device counted from 0
   * @param seed as for {@code torch.Generator("cuda").manual_seed}
   * @return the scope's
   */
  static Generator generator(int device, long seed) {
    Generator generator = torch_cuda.make_generator_cuda((byte) device);
    generator.set_current_seed(seed);
    return generator;
  }
}

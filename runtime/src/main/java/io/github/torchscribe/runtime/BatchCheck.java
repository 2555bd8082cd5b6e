package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Shapes;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Refuses batches that do not fit the network, before libtorch sees them. */
record BatchCheck(Blueprint blueprint) {
  void input(Tensor input, Device device) {
    long[] example = blueprint.input();
    boolean fits =
        input.dim() == example.length + 1
            && input.size(0) > 0
            && input.scalar_type().intern() == torch.ScalarType.Float
            && input.is_cuda() == (device.type() == Device.Type.CUDA);
    for (int i = 0; fits && i < example.length; i++) {
      fits = input.size(i + 1) == example[i];
    }
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(
              "%s takes Float %s on %s, with N at least 1, but was given %s",
              blueprint.name(), Shapes.batchOf(example), device, Shapes.describe(input)));
    }
  }

  void target(Tensor input, Tensor target, Device device) {
    if (target.dim() != 1
        || target.size(0) != input.size(0)
        || target.scalar_type().intern() != torch.ScalarType.Long
        || target.is_cuda() != input.is_cuda()) {
      throw new IllegalArgumentException(
          String.format(
              "%s takes Long (%d) as targets, one class per input, on %s, but was given %s",
              blueprint.name(), input.size(0), device, Shapes.describe(target)));
    }
  }
}

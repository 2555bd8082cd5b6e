package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Shapes;
import io.github.torchscribe.runtime.data.Targets;
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
    Targets wanted = blueprint.requireLoss().targets();
    if (!wanted.fit(target, input.size(0)) || target.is_cuda() != input.is_cuda()) {
      throw new IllegalArgumentException(
          String.format(
              "%s takes %s as targets, with N %d as for the inputs, on %s, but was given %s",
              blueprint.name(), wanted, input.size(0), device, Shapes.describe(target)));
    }
  }
}

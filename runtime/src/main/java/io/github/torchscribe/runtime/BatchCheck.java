package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Shapes;
import io.github.torchscribe.runtime.data.TensorSpec;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Refuses batches that do not fit the network, before libtorch sees them: an index out of range
 * would be read past the end of a table, or end a GPU's whole process.
 */
record BatchCheck(Blueprint blueprint) {
  void input(Tensor input, Device device) {
    TensorSpec wanted = blueprint.input();
    requireThere("input", input);
    long n = input.dim() > 0 ? input.size(0) : 0;
    if (n == 0 || !wanted.fit(input, n) || input.is_cuda() != onGpu(device)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %s on %s, with N at least 1, but was given %s",
              blueprint.name(),
              wanted,
              device,
              Shapes.describe(input)));
    }
    requireInRange("input", input, wanted);
  }

  void target(Tensor input, Tensor target, Device device) {
    TensorSpec wanted = blueprint.requireLoss().targets();
    requireThere("target", target);
    if (!wanted.fit(target, input.size(0)) || target.is_cuda() != input.is_cuda()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %s as targets, with N %d as for the inputs, on %s, but was given %s",
              blueprint.name(),
              wanted,
              input.size(0),
              device,
              Shapes.describe(target)));
    }
    requireInRange("target", target, wanted);
  }

  private void requireThere(String what, Tensor tensor) {
    if (tensor == null || tensor.isNull() || !tensor.defined()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the %s for %s is %s",
              what,
              blueprint.name(),
              tensor == null
                  ? "null"
                  : tensor.isNull() ? "a tensor that has been freed" : "an undefined tensor"));
    }
  }

  private static boolean onGpu(Device device) {
    return device.type() == Device.Type.CUDA;
  }

  private void requireInRange(String what, Tensor indices, TensorSpec wanted) {
    if (!wanted.areIndices()) {
      return;
    }
    PointerScope scope = new PointerScope();
    try {
      long[] values = new long[(int) indices.numel()];
      indices.cpu().contiguous().data_ptr_long().get(values);
      for (int i = 0; i < values.length; i++) {
        if (values[i] < 0 || values[i] >= wanted.count()) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "%s takes indices from 0 to %d as %ss, but example %d of the batch has %d",
                  blueprint.name(),
                  wanted.count() - 1,
                  what,
                  i / (values.length / indices.size(0)),
                  values[i]));
        }
      }
    } finally {
      scope.close();
    }
  }
}

package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * All examples of a dataset, on a device.
 *
 * @param inputs (size, …) of each part, as {@link Dataset#inputSpecs()} says
 * @param targets (size, …) of each part, as {@link Dataset#targetSpecs()} says
 */
record OnDevice(Tensors inputs, Tensors targets) {
  private static final int PIECE = 1024;

  /**
   * Brings examples of a dataset to a device: the numbers that {@link Dataset#gather} gives, digit
   * for digit.
   *
   * @param data is {@linkplain Dataset#isFixed fixed}
   * @param chosen which; null for all
   * @return the caller's scope owns it
   */
  static OnDevice of(Dataset data, Device device, Tensor chosen) {
    if (data instanceof TensorDataset tensors) {
      return tensors.on(device, chosen);
    }
    if (data instanceof IdxDataset files) {
      return files.on(device, chosen);
    }
    if (data instanceof Subset some) {
      return some.on(device, chosen);
    }
    return gathered(data, device, chosen);
  }

  /**
   * Copies rows of a tensor.
   *
   * @param all on the CPU
   * @param chosen which; null for all
   * @return with memory of its own; the caller's scope owns it
   */
  static Tensor copy(Tensor all, Tensor chosen, Device device) {
    long[] shape = Shapes.of(all);
    shape[0] = chosen == null ? shape[0] : chosen.size(0);
    Tensor there = torch.empty(shape, device.options(all.scalar_type().intern()), null);
    PointerScope scope = new PointerScope();
    try {
      there.copy_(chosen == null ? all : torch.index_select(all, 0, chosen));
    } finally {
      scope.close();
    }
    return there;
  }

  /** Room for so many examples, which the caller's scope owns. */
  static OnDevice empty(Dataset data, long size, Device device) {
    return new OnDevice(
        data.inputSpecs().empty(size, device), data.targetSpecs().empty(size, device));
  }

  /** In pieces, so that the host does not have to hold them all. */
  private static OnDevice gathered(Dataset data, Device device, Tensor chosen) {
    long size = chosen == null ? data.size() : chosen.size(0);
    OnDevice all = empty(data, size, device);
    PointerScope scope = new PointerScope();
    try {
      int most = (int) Math.min(PIECE, size);
      Tensors inputs = data.inputSpecs().empty(most);
      Tensors targets = data.targetSpecs().empty(most);
      for (long from = 0; from < size; from += most) {
        all.gather(data, chosen, from, (int) Math.min(most, size - from), inputs, targets);
      }
    } finally {
      scope.close();
    }
    return all;
  }

  private void gather(
      Dataset data, Tensor chosen, long from, int count, Tensors roomInputs, Tensors roomTargets) {
    PointerScope scope = new PointerScope();
    try {
      Tensor indices = chosen == null ? upFrom(from, count) : chosen.narrow(0, from, count);
      Tensors someInputs = roomInputs.map(part -> part.narrow(0, 0, count));
      Tensors someTargets = roomTargets.map(part -> part.narrow(0, 0, count));
      data.gather(indices, someInputs, someTargets);
      Batch.There.copy(someInputs, inputs.map(part -> part.narrow(0, from, count)));
      Batch.There.copy(someTargets, targets.map(part -> part.narrow(0, from, count)));
    } finally {
      scope.close();
    }
  }

  private static Tensor upFrom(long from, int count) {
    long[] indices = new long[count];
    for (int i = 0; i < count; i++) {
      indices[i] = from + i;
    }
    return torch.tensor(indices);
  }
}

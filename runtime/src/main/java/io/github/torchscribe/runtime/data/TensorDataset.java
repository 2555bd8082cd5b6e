package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.Arena;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Tensors of examples and targets, {@code torch.utils.data.TensorDataset}. It shares their memory.
 */
public final class TensorDataset implements Dataset {
  private final Arena arena;
  private final long[] exampleShape;
  private final long size;
  private final Targets kind;
  private Tensor inputs;
  private Tensor targets;

  /**
   * Examples with targets.
   *
   * @param inputs (size, example…), 32-bit floats on the CPU
   * @param targets on the CPU: classes, 64-bit integers of at least 0, or numbers, 32-bit floats;
   *     of shape (size, …)
   * @throws IllegalArgumentException when they do not fit each other or the types are others
   */
  public TensorDataset(Tensor inputs, Tensor targets) {
    check(
        inputs.dim() >= 1 && inputs.scalar_type().intern() == torch.ScalarType.Float,
        "inputs must be 32-bit floats of shape (size, example…)",
        inputs);
    boolean numbers = targets.scalar_type().intern() == torch.ScalarType.Float;
    check(
        targets.dim() >= 1 && (numbers || targets.scalar_type().intern() == torch.ScalarType.Long),
        "targets must be classes, 64-bit integers, or numbers, 32-bit floats, of shape (size, …)",
        targets);
    check(!inputs.is_cuda() && !targets.is_cuda(), "data must be on the CPU", inputs);
    size = inputs.size(0);
    if (size == 0 || targets.size(0) != size) {
      throw new IllegalArgumentException(
          "there are "
              + size
              + " inputs and "
              + targets.size(0)
              + " targets; give as many of both");
    }
    exampleShape = ofOne(inputs);
    kind =
        numbers
            ? Targets.numbers(ofOne(targets))
            : Targets.classes(classes(targets), ofOne(targets));
    arena =
        Arena.filledBy(
            () -> {
              this.inputs = inputs.detach();
              this.targets = targets.detach();
            });
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long[] exampleShape() {
    return exampleShape.clone();
  }

  @Override
  public Targets targets() {
    return kind;
  }

  @Override
  public void gather(Tensor indices, Tensor inputs, Tensor targets) {
    arena.requireOpen("this dataset");
    torch.index_select_out(inputs, this.inputs, 0, indices);
    torch.index_select_out(targets, this.targets, 0, indices);
  }

  @Override
  public void close() {
    arena.close();
  }

  private static long[] ofOne(Tensor batch) {
    long[] shape = Shapes.of(batch);
    return Arrays.copyOfRange(shape, 1, shape.length);
  }

  private static long classes(Tensor targets) {
    PointerScope scope = new PointerScope();
    try {
      long smallest = targets.min().item_long();
      if (smallest < 0) {
        throw new IllegalArgumentException(
            "targets are classes, counted from 0, but one of them is " + smallest);
      }
      return targets.max().item_long() + 1;
    } finally {
      scope.close();
    }
  }

  private static void check(boolean holds, String must, Tensor tensor) {
    if (!holds) {
      throw new IllegalArgumentException(must + ", but are " + Shapes.describe(tensor));
    }
  }
}

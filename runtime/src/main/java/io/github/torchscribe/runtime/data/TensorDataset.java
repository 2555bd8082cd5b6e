package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Tensors of examples and targets, {@code torch.utils.data.TensorDataset}. It shares their memory.
 *
 * <p>Where a model is on a GPU they are brought there once, when a run begins: who writes into them
 * between its epochs says {@code Trainer.resident(false)}.
 */
public final class TensorDataset implements NamedDataset {
  private static final String INPUTS = "inputs";
  private static final String TARGETS = "targets";

  private final Arena arena;
  private final long size;
  private final TensorSpecs inputSpecs;
  private final TensorSpecs targetSpecs;
  private Tensors inputs;
  private Tensors targets;

  /**
   * Examples with targets. Both are numbers, 32-bit floats, or indices, 64-bit integers of at least
   * 0. Among targets one index may stand for what does not count, such as -100 or 255; the loss'
   * {@code ignoreIndex} says which.
   *
   * @param inputs (size, example…), on the CPU
   * @param targets (size, …), on the CPU
   * @throws IllegalArgumentException when they do not fit each other or the types are others
   */
  public TensorDataset(Tensor inputs, Tensor targets) {
    this(Tensors.of(inputs), Tensors.of(targets));
  }

  /**
   * Examples with targets of several parts, each of them numbers or indices of its own.
   *
   * @param inputs of each part (size, …), on the CPU
   * @param targets of each part (size, …), on the CPU; {@link Tensors#none} where no loss takes any
   * @throws IllegalArgumentException when they do not fit each other or the types are others
   */
  public TensorDataset(Tensors inputs, Tensors targets) {
    if (inputs.size() == 0) {
      throw new IllegalArgumentException("there are no inputs");
    }
    inputSpecs = specs(INPUTS, inputs);
    targetSpecs = specs(TARGETS, targets);
    size = inputs.get(0).size(0);
    requireSize(INPUTS, inputs);
    requireSize(TARGETS, targets);
    arena =
        Arena.filledBy(
            () -> {
              this.inputs = inputs.map(Tensor::detach);
              this.targets = targets.map(Tensor::detach);
            });
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public TensorSpecs inputSpecs() {
    return inputSpecs;
  }

  @Override
  public TensorSpecs targetSpecs() {
    return targetSpecs;
  }

  @Override
  public boolean isFixed() {
    return true;
  }

  @Override
  public boolean gathersParts() {
    return true;
  }

  @Override
  public void gather(Tensor indices, Tensors inputs, Tensors targets) {
    arena.use(
        "this dataset",
        () -> {
          select(indices, this.inputs, inputs);
          select(indices, this.targets, targets);
        });
  }

  /** As {@link OnDevice#of}, without the numbers that a batch would be gathered in. */
  OnDevice on(Device device, Tensor chosen) {
    AtomicReference<OnDevice> there = new AtomicReference<>();
    arena.use(
        "this dataset",
        () ->
            there.set(
                new OnDevice(
                    inputs.map(part -> OnDevice.copy(part, chosen, device)),
                    targets.map(part -> OnDevice.copy(part, chosen, device)))));
    return there.get();
  }

  private static void select(Tensor indices, Tensors from, Tensors into) {
    for (int i = 0; i < from.size(); i++) {
      torch.index_select_out(into.get(i), from.get(i), 0, indices);
    }
  }

  @Override
  public void close() {
    arena.close();
  }

  private void requireSize(String kind, Tensors parts) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).size(0) != size) {
        throw new IllegalArgumentException(
            "there are "
                + many(size, INPUTS, inputSpecs.names().get(0))
                + " and "
                + many(parts.get(i).size(0), kind, parts.names().get(i))
                + "; give as many of both");
      }
    }
  }

  private static TensorSpecs specs(String kind, Tensors parts) {
    List<TensorSpec> specs = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      specs.add(spec(kind, of(kind, parts.names().get(i)), parts.get(i)));
    }
    return TensorSpecs.of(parts.names(), specs);
  }

  private static String many(long size, String kind, String name) {
    return size + (name.isEmpty() ? " " : " of ") + of(kind, name);
  }

  /** What a part is called in a message. */
  private static String of(String kind, String name) {
    return name.isEmpty() ? kind : kind + " \"" + name + "\"";
  }

  private static TensorSpec spec(String kind, String what, Tensor all) {
    torch.ScalarType type = all.scalar_type().intern();
    boolean indices = type == torch.ScalarType.Long;
    if (all.dim() < 1 || !indices && type != torch.ScalarType.Float) {
      throw new IllegalArgumentException(
          what
              + " must be numbers, 32-bit floats, or indices, 64-bit integers, of shape (size, …),"
              + " but are "
              + Shapes.describe(all));
    }
    if (all.is_cuda()) {
      throw new IllegalArgumentException(
          "data must be on the CPU, but " + what + " are " + Shapes.describe(all));
    }
    if (all.numel() == 0) {
      throw new IllegalArgumentException("there are no " + what + ": " + Shapes.describe(all));
    }
    if (!indices) {
      requireFinite(what, all);
    }
    long[] shape = Shapes.of(all);
    long[] example = Arrays.copyOfRange(shape, 1, shape.length);
    return indices ? indices(kind, what, all, example) : TensorSpec.numbers(example);
  }

  private static void requireFinite(String what, Tensor all) {
    PointerScope scope = new PointerScope();
    try {
      Tensor bad = all.reshape(all.size(0), -1).isfinite().logical_not().any(1, false);
      if (bad.any().item_bool()) {
        long first = bad.nonzero().flatten().select(0, 0).item_long();
        throw new IllegalArgumentException(
            "example " + first + ", counted from 0, has NaN or infinity among its " + what);
      }
    } finally {
      scope.close();
    }
  }

  private static TensorSpec indices(String kind, String what, Tensor all, long... example) {
    PointerScope scope = new PointerScope();
    try {
      long smallest = all.min().item_long();
      long largest = all.max().item_long();
      Scalar none = new Scalar(-1L);
      long second = torch.where(all.eq(new Scalar(largest)), none, all).max().item_long();
      TensorSpec spec =
          TensorSpec.indicesThatOccur(Math.max(1, largest + 1), Math.max(1, second + 1), example);
      if (smallest >= 0) {
        return spec;
      }
      if (!kind.equals(TARGETS)) {
        throw new IllegalArgumentException(
            what + " are indices, counted from 0, but one of them is " + smallest);
      }
      Tensor others = all.lt(new Scalar(0L)).logical_and_(all.ne(new Scalar(smallest)));
      if (others.any().item_bool()) {
        throw new IllegalArgumentException(
            what
                + " are indices, counted from 0; one other may stand for what does not count, but"
                + " there are "
                + smallest
                + " and "
                + all.masked_select(others).select(0, 0).item_long());
      }
      return spec.ignoring(smallest);
    } finally {
      scope.close();
    }
  }
}

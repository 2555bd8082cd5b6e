package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Shapes;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A model's parameters, with what it remembers besides at their end, and their gradients: two flat
 * tensors on one device.
 */
final class Weights implements AutoCloseable {
  private final Blueprint blueprint;
  private final Arena arena;
  private Tensor all;
  private Tensor values;
  private Tensor gradients;
  private Arena views;

  /**
   * Allocates both.
   *
   * @param old is copied from, or null: then all is zero
   */
  Weights(Blueprint blueprint, Device device, Weights old) {
    this.blueprint = blueprint;
    long size = blueprint.size();
    arena =
        Arena.filledBy(
            () -> {
              all = zeros(size + blueprint.stateSize(), device);
              values = all.narrow(0, 0, size);
              gradients = zeros(size, device);
              if (old != null) {
                all.copy_(old.all);
              }
            });
  }

  /** Makes views of both, which live as long as the weights. */
  interface Binding {
    void bind(Tensor values, Tensor gradients);
  }

  /** Has views of both made, in place of those that there are. */
  void bind(Binding binding) {
    Arena before = views;
    views = Arena.filledBy(() -> binding.bind(all, gradients));
    if (before != null) {
      before.close();
    }
  }

  private static Tensor zeros(long size, Device device) {
    return torch.zeros(new long[] {size}, device.options(torch.ScalarType.Float));
  }

  /** Fills a copy on the CPU. */
  interface Filling<T, E extends Exception> {
    T fill(Tensor copy) throws E;
  }

  /** Lets somebody fill a copy on the CPU, and takes that over unless it fails. */
  <T, E extends Exception> T change(Filling<T, E> filling) throws E {
    Tensor copy = Device.cpu().duplicate(all);
    T result = filling.fill(copy);
    all.copy_(copy);
    return result;
  }

  /** Takes over the values of others, of the same network on the same device. */
  void set(Weights others) {
    all.copy_(others.all);
  }

  /** What is learned, and what is remembered besides. */
  Tensor all() {
    return all;
  }

  /** What is learned, without what is remembered besides. */
  Tensor values() {
    return values;
  }

  Tensor gradients() {
    return gradients;
  }

  /** 1 where a parameter has several dimensions, 0 for biases and what norms learn. */
  Tensor decayMask() {
    Tensor mask = torch.zeros_like(values);
    for (Blueprint.Slot slot : blueprint.parameters()) {
      if (slot.shape().length > 1) {
        mask.narrow(0, slot.offset(), slot.size()).fill_(new Scalar(1.0));
      }
    }
    return mask;
  }

  List<Parameter> parameters() {
    List<Parameter> result = new ArrayList<>();
    for (Blueprint.Slot slot : blueprint.parameters()) {
      result.add(
          new Parameter(
              slot.name(),
              view(values, slot.offset(), slot.shape()),
              view(gradients, slot.offset(), slot.shape())));
    }
    return List.copyOf(result);
  }

  static Tensor view(Tensor flat, long offset, long... shape) {
    return flat.narrow(0, offset, Shapes.elements(shape)).view(shape);
  }

  @Override
  public void close() {
    if (views != null) {
      views.close();
    }
    arena.close();
  }
}

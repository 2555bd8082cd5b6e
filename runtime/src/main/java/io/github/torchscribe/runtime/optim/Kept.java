package io.github.torchscribe.runtime.optim;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** What an optimizer remembers: tensors that are made, moved and freed together, or not at all. */
record Kept(Arena arena, List<Tensor> tensors) implements AutoCloseable {
  /** Keeps what is made. */
  static Kept of(Supplier<List<Tensor>> made) {
    List<Tensor> tensors = new ArrayList<>();
    Arena arena = Arena.filledBy(() -> tensors.addAll(made.get()));
    return new Kept(arena, List.copyOf(tensors));
  }

  /** Keeps no tensor. */
  static Kept none() {
    return of(List::of);
  }

  /** Keeps copies. */
  static Kept copies(List<Tensor> tensors, Device device) {
    return of(() -> tensors.stream().map(device::duplicate).toList());
  }

  boolean isNothing() {
    return tensors.isEmpty();
  }

  @Override
  public void close() {
    arena.close();
  }
}

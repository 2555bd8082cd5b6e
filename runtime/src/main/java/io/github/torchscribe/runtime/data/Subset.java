package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.Arena;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Some examples of a dataset, {@code torch.utils.data.Subset}. Closing it leaves those alone. */
public final class Subset implements Dataset {
  private final Dataset data;
  private final long size;
  private final Arena arena;
  private Tensor chosen;

  /**
   * Chooses.
   *
   * @param data all
   * @param indices which, in the order that is wanted: from 0 to {@code data.size() − 1}
   * @throws IllegalArgumentException when there are none, or one is out of range
   */
  public Subset(Dataset data, long... indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException("a subset needs at least one example");
    }
    for (long index : indices) {
      if (index < 0 || index >= data.size()) {
        throw new IllegalArgumentException(
            "the data have the examples 0 to " + (data.size() - 1) + ", but not " + index);
      }
    }
    this.data = data;
    size = indices.length;
    arena = Arena.filledBy(() -> chosen = torch.tensor(Arrays.copyOf(indices, indices.length)));
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public TensorSpec inputs() {
    return data.inputs();
  }

  @Override
  public TensorSpec targets() {
    return data.targets();
  }

  @Override
  public boolean takesTime() {
    return data.takesTime();
  }

  @Override
  public void gather(Tensor indices, Tensor inputs, Tensor targets) {
    arena.requireOpen("this subset");
    PointerScope scope = new PointerScope();
    try {
      data.gather(torch.index_select(chosen, 0, indices), inputs, targets);
    } finally {
      scope.close();
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}

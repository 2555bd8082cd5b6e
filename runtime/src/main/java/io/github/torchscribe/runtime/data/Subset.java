package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Some examples of a dataset, {@code torch.utils.data.Subset}. Closing it leaves those alone. */
public final class Subset implements NamedDataset {
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

  /**
   * Divides a dataset at random, {@code torch.utils.data.random_split} with a generator of this
   * seed.
   *
   * @param data all
   * @param seed what the order is drawn from
   * @param shares of the parts, each above 0, together 1
   * @return as many parts; the first ones have one example more where it does not divide
   * @throws IllegalArgumentException when the shares are others, or a part would be empty
   */
  public static List<Subset> split(Dataset data, long seed, double... shares) {
    return divided(data.size(), seed, shares).stream().map(some -> new Subset(data, some)).toList();
  }

  /** The indices of each part. */
  static List<long[]> divided(long examples, long seed, double... shares) {
    if (examples < 1) {
      throw new IllegalArgumentException("the data have no example to be divided");
    }
    double sum = Arrays.stream(shares).sum();
    if (Arrays.stream(shares).anyMatch(share -> !(share > 0)) || Math.abs(sum - 1) > 1e-9) {
      throw new IllegalArgumentException(
          "shares must be above 0 and 1 together, but are " + Arrays.toString(shares));
    }
    long[] sizes = Arrays.stream(shares).mapToLong(share -> (long) (share * examples)).toArray();
    long left = examples - Arrays.stream(sizes).sum();
    for (int i = 0; i < left; i++) {
      sizes[i % sizes.length]++;
    }
    if (Arrays.stream(sizes).anyMatch(size -> size == 0)) {
      throw new IllegalArgumentException(
          examples + " examples cannot be divided into " + Arrays.toString(shares));
    }
    long[] order = new long[(int) examples];
    PointerScope scope = new PointerScope();
    try {
      Randomness.permutation(seed, examples).data_ptr_long().get(order);
    } finally {
      scope.close();
    }
    List<long[]> parts = new ArrayList<>();
    int from = 0;
    for (long size : sizes) {
      parts.add(Arrays.copyOfRange(order, from, from + (int) size));
      from += (int) size;
    }
    return parts;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public TensorSpecs inputSpecs() {
    return data.inputSpecs();
  }

  @Override
  public TensorSpecs targetSpecs() {
    return data.targetSpecs();
  }

  @Override
  public long position() {
    return data.position();
  }

  @Override
  public void position(long batches) {
    data.position(batches);
  }

  @Override
  public boolean takesTime() {
    return data.takesTime();
  }

  @Override
  public boolean isFixed() {
    return data.isFixed();
  }

  @Override
  public boolean gathersParts() {
    return data.gathersParts();
  }

  @Override
  public void gather(Tensor indices, Tensors inputs, Tensors targets) {
    PointerScope scope = new PointerScope();
    try {
      arena.use(
          "this subset",
          () -> data.gather(torch.index_select(chosen, 0, indices), inputs, targets));
    } finally {
      scope.close();
    }
  }

  /** As {@link OnDevice#of}: those that were chosen, or some of them. */
  OnDevice on(Device device, Tensor some) {
    AtomicReference<OnDevice> there = new AtomicReference<>();
    arena.use(
        "this subset",
        () ->
            there.set(
                OnDevice.of(
                    data, device, some == null ? chosen : torch.index_select(chosen, 0, some))));
    return there.get();
  }

  @Override
  public void close() {
    arena.close();
  }
}

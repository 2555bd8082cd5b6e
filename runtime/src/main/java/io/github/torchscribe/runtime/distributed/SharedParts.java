package io.github.torchscribe.runtime.distributed;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;

/** What each rank has, or one of them, becomes what all have. */
final class SharedParts extends Passage {
  private final SharedPlaces places;
  private final List<Tensor> kept; // while they are copied
  private final BytePointer[] parts;
  private final long[] bytes;

  /** What one rank has. */
  SharedParts(SharedPlaces places, Tensor numbers, int from) {
    super(Kind.ONE, numbers, numbers.nbytes(), numbers.nbytes(), from);
    this.places = places;
    kept = List.of(numbers);
    parts = new BytePointer[from + 1];
    bytes = new long[from + 1];
    put(from, numbers);
  }

  /** What each has. */
  SharedParts(SharedPlaces places, List<Tensor> all) {
    super(
        Kind.PARTS,
        all.get(0),
        all.stream().mapToLong(Tensor::nbytes).sum(),
        all.stream().mapToLong(Tensor::nbytes).max().orElse(0),
        Arrays.hashCode(all.stream().mapToLong(Tensor::nbytes).toArray()));
    this.places = places;
    kept = all;
    parts = new BytePointer[all.size()];
    bytes = new long[all.size()];
    for (int i = 0; i < parts.length; i++) {
      put(i, all.get(i));
    }
  }

  private void put(int from, Tensor numbers) {
    parts[from] = new BytePointer(numbers.data_ptr());
    bytes[from] = numbers.nbytes();
  }

  @Override
  void write(long block, int place) {
    int mine = places.rank();
    long length = mine < parts.length ? length(mine, block) : 0;
    if (length > 0) {
      Pointer.memcpy(places.of(mine, place), at(mine, block), length);
    }
  }

  @Override
  void add(long block, int place) {
    // each rank has all of its part
  }

  @Override
  void read(long block, int place) {
    for (int i = 0; i < parts.length; i++) {
      long length = length(i, block);
      if (i != places.rank() && length > 0) {
        Pointer.memcpy(at(i, block), places.of(i, place), length);
      }
    }
  }

  private Pointer at(int part, long block) {
    return parts[part].position(block * SharedPlaces.BLOCK);
  }

  private long length(int part, long block) {
    return Math.min(SharedPlaces.BLOCK, bytes[part] - block * SharedPlaces.BLOCK);
  }
}

package io.github.torchscribe.runtime.distributed;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** What each rank has, or one of them, becomes what all have. */
final class SharedParts extends Passage {
  private final SharedPlaces places;

  /** By rank; null where it has none. */
  private final SentTensor[] parts;

  /** What one rank has. */
  SharedParts(SharedPlaces places, Tensor numbers, int from) {
    super(Kind.ONE, numbers, numbers.nbytes(), numbers.nbytes(), from);
    this.places = places;
    parts = new SentTensor[places.size()];
    parts[from] = new SentTensor(numbers);
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
    parts = all.stream().map(SentTensor::new).toArray(SentTensor[]::new);
  }

  @Override
  void write(long block, int place) {
    int rank = places.rank();
    if (parts[rank] != null) {
      parts[rank].write(block, places.of(rank, place));
    }
  }

  @Override
  void add(long block, int place) {
    // each rank has all of its part
  }

  @Override
  void read(long block, int place) {
    for (int i = 0; i < parts.length; i++) {
      if (i != places.rank() && parts[i] != null) {
        parts[i].read(block, places.of(i, place));
      }
    }
  }
}

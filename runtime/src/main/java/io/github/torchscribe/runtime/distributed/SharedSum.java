package io.github.torchscribe.runtime.distributed;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;

/** A tensor of each rank becomes the sum of all. */
final class SharedSum extends Passage {
  private final SharedPlaces places;
  private final Tensor numbers;
  private final BytePointer mine;
  private final long bytes;

  SharedSum(SharedPlaces places, Tensor numbers) {
    super(Kind.SUM, numbers, numbers.nbytes(), numbers.nbytes(), 0);
    this.places = places;
    this.numbers = numbers;
    mine = new BytePointer(numbers.data_ptr());
    bytes = numbers.nbytes();
  }

  @Override
  void write(long block, int place) {
    Pointer.memcpy(places.of(places.rank(), place), at(block), length(block));
  }

  @Override
  void add(long block, int place) {
    places.add(numbers, length(block) / numbers.element_size(), place);
  }

  @Override
  void read(long block, int place) {
    Pointer.memcpy(at(block), places.sums(place), length(block));
  }

  private Pointer at(long block) {
    return mine.position(block * SharedPlaces.BLOCK);
  }

  private long length(long block) {
    return Math.min(SharedPlaces.BLOCK, bytes - block * SharedPlaces.BLOCK);
  }
}

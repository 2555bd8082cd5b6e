package io.github.torchscribe.runtime.distributed;

import org.bytedeco.pytorch.Tensor;

/** A tensor of each rank becomes the sum of all. */
final class SharedSum extends Passage {
  private final SharedPlaces places;
  private final SentTensor numbers;

  SharedSum(SharedPlaces places, Tensor numbers) {
    super(Kind.SUM, numbers, numbers.nbytes(), numbers.nbytes(), 0);
    this.places = places;
    this.numbers = new SentTensor(numbers);
  }

  @Override
  void write(long block, int place) {
    numbers.write(block, places.of(places.rank(), place));
  }

  @Override
  void add(long block, int place) {
    Tensor type = numbers.tensor();
    places.add(type, numbers.length(block) / type.element_size(), place);
  }

  @Override
  void read(long block, int place) {
    numbers.read(block, places.sums(place));
  }
}

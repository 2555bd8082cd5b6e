package io.github.torchscribe.runtime.distributed;

import io.github.torchscribe.runtime.torch.Arena;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The places of the ranks in memory that they share: some for each, and some for sums. */
final class SharedPlaces implements AutoCloseable {
  /** How large each is, in bytes: what two ranks add up of it is not divided among threads. */
  static final int BLOCK = 256 << 10;

  /** How many each has. */
  static final int PLACES = 4;

  /** Of how many sizes of blocks tensors are kept. */
  private static final int KEPT = 8;

  private final int rank;
  private final int size;
  private final Arena pointers;
  private final Map<Long, Sums> sums = new LinkedHashMap<>();
  private BytePointer[][] places;

  /**
   * Divides the memory.
   *
   * @param memory as much as {@link #bytes}
   */
  SharedPlaces(BytePointer memory, int rank, int size) {
    this.rank = rank;
    this.size = size;
    pointers =
        Arena.filledBy(
            () -> {
              places = new BytePointer[size + 1][PLACES];
              for (int i = 0; i < places.length; i++) {
                for (int j = 0; j < PLACES; j++) {
                  places[i][j] = new BytePointer(memory).position(((long) i * PLACES + j) * BLOCK);
                }
              }
            });
  }

  /** How much memory is wanted. */
  static long bytes(int size) {
    return (size + 1L) * PLACES * BLOCK;
  }

  int rank() {
    return rank;
  }

  int size() {
    return size;
  }

  /** Where a rank's block is. */
  BytePointer of(int some, int place) {
    return places[some][place];
  }

  /** Where sums are. */
  BytePointer sums(int place) {
    return places[size][place];
  }

  /**
   * Adds up what all ranks have in a place, this rank's part of it, in the order of ranks: so all
   * have the same bits.
   *
   * @param length how many numbers there are in the place
   */
  void add(Tensor type, long length, int place) {
    Sums some =
        sums.computeIfAbsent(length << 8 | type.scalar_type().value, cut -> new Sums(type, length));
    some.add(place);
    if (sums.size() > KEPT) {
      sums.remove(sums.keySet().iterator().next()).close();
    }
  }

  @Override
  public void close() {
    sums.values().forEach(Sums::close);
    pointers.close();
  }

  /**
   * What is added up here of blocks of a length: for each place the ranks' numbers, and the sum.
   */
  private final class Sums implements AutoCloseable {
    private final Tensor[][] numbers = new Tensor[PLACES][size + 1];
    private final boolean none;
    private final Arena tensors;

    Sums(Tensor type, long length) {
      long from = length * rank / size;
      long[] shape = {length * (rank + 1) / size - from};
      none = shape[0] == 0;
      tensors = Arena.filledBy(() -> make(type, from, shape));
    }

    private void make(Tensor type, long from, long... shape) {
      InferenceMode off = new InferenceMode(false); // they serve in it and outside
      try {
        for (int place = 0; place < PLACES; place++) {
          for (int i = 0; i <= size; i++) {
            BytePointer begin = new BytePointer(places[i][place]);
            begin.position(begin.position() + from * type.element_size());
            numbers[place][i] = torch.from_blob(begin, shape, type.options());
          }
        }
      } finally {
        off.close();
      }
    }

    void add(int place) {
      if (none) {
        return;
      }
      Tensor[] some = numbers[place];
      torch.add_out(some[size], some[0], some[1]);
      for (int i = 2; i < size; i++) {
        some[size].add_(some[i]);
      }
    }

    @Override
    public void close() {
      tensors.close();
    }
  }
}

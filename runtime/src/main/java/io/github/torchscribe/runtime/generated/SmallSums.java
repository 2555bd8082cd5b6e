package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Blas;
import io.github.torchscribe.runtime.process.Pools;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Shapes;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Sums of tensors that are so small that libtorch takes longer to find out what it is asked than to
 * add: between two products, which fill the cache, each of its calls is read from memory anew.
 */
final class SmallSums {
  /** With more numbers than these the call does not matter. */
  private static final long MOST = 65_536;

  /** By where the result goes, which stays as long as it is bound. */
  private final Map<Tensor, Known> known = new IdentityHashMap<>();

  /** The same of sums in place. */
  private final Map<Tensor, Known> inPlace = new IdentityHashMap<>();

  /**
   * A sum whose tensors lie where they lay before.
   *
   * @param arena has the pointers
   * @param count how many numbers there are; 0 where it is libtorch's
   */
  private record Known(
      Tensor first,
      Tensor second,
      Arena arena,
      FloatPointer to,
      FloatPointer from,
      FloatPointer by,
      int count) {
    static Known of(Tensor result, Tensor first, Tensor second) {
      FloatPointer[] all = new FloatPointer[3];
      boolean isSmall = isSmall(result, first, second);
      Arena arena =
          Arena.filledBy(
              () -> {
                if (isSmall) {
                  all[0] = result.data_ptr_float();
                  all[1] = first.data_ptr_float();
                  all[2] = second.data_ptr_float();
                }
              });
      int count = isSmall ? (int) result.numel() : 0;
      return new Known(first, second, arena, all[0], all[1], all[2], count);
    }

    /** What is added comes from elsewhere each time. */
    Known ofOthers() {
      return new Known(null, null, arena, null, null, null, 0);
    }

    private static boolean isSmall(Tensor result, Tensor first, Tensor second) {
      long[] shape = Shapes.of(result);
      return result.numel() <= MOST
          && Stream.of(result, first, second)
              .allMatch(
                  some ->
                      some.is_cpu()
                          && some.is_contiguous()
                          && some.scalar_type().intern() == torch.ScalarType.Float
                          && Arrays.equals(Shapes.of(some), shape));
    }

    void add() {
      if (to.address() != from.address()) {
        Blas.copy(count, from, to);
      }
      Blas.add(count, by, to);
    }
  }

  /**
   * Adds.
   *
   * @param result gets the sum; may be the first
   * @param first is read
   * @param second is read
   * @return false where libtorch is to do it
   */
  boolean add(Tensor result, Tensor first, Tensor second) {
    Map<Tensor, Known> all = result == first ? inPlace : known;
    Known some = all.get(result);
    if (some == null) {
      some = Known.of(result, first, second);
      all.put(result, some);
    }
    if (some.count == 0) {
      return false;
    }
    if (some.first != first || some.second != second) {
      all.put(result, some.ofOthers());
      return false;
    }
    if (Pools.openBlas() != 1) {
      return false;
    }
    some.add();
    return true;
  }

  /** What was bound is gone. */
  void clear() {
    clear(known);
    clear(inPlace);
  }

  private static void clear(Map<Tensor, Known> all) {
    all.values().forEach(some -> some.arena.close());
    all.clear();
  }
}

package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.torch.Arena;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What predictions read in place of a weight: the same numbers, or sums of them, in the order in
 * which they are read. Whoever reads it has it compared with the weight before, so that it is never
 * out of date, whoever has changed that in whatever way; for a weight that is read many times in an
 * answer this costs a hundredth of the answer.
 */
final class WeightCopy implements AutoCloseable {
  private final Arena arena;
  private final Order order;
  private Tensor weight;
  private Tensor seen;
  private Tensor copy;
  private Pointer here;
  private Pointer there;
  private long bytes;

  /** Odd while the copy is made, and another number each time. */
  private volatile int made;

  /**
   * A copy that is yet to be made.
   *
   * @param of stays where it is, one dimension after the other
   * @param order how it is copied
   * @param shape of the copy
   */
  WeightCopy(Tensor of, Order order, long... shape) {
    this.order = order;
    arena =
        Arena.filledBy(
            () -> {
              weight = of.view(of.sizes().vec().get());
              seen = torch.empty_like(weight);
              copy = torch.empty(shape, weight.options(), null);
              here = weight.data_ptr();
              there = seen.data_ptr();
              bytes = weight.numel() * Float.BYTES;
            });
  }

  /** Writes a copy. */
  interface Order {
    /**
     * Writes all of it.
     *
     * @param copy is filled
     * @param weight is read
     */
    void write(Tensor copy, Tensor weight);
  }

  /** The numbers of the copy; they are those of the weight after {@link #refresh}. */
  Tensor copy() {
    return copy;
  }

  /** Copies the weight where it has changed. */
  void refresh() {
    int before = made;
    if (!isMade(before) || !isSame() || made != before) {
      make();
    }
  }

  private static boolean isMade(int number) {
    return number != 0 && number % 2 == 0;
  }

  private boolean isSame() {
    return Pointer.memcmp(here, there, bytes) == 0;
  }

  private synchronized void make() {
    if (isMade(made) && isSame()) {
      return; // somebody else has made it meanwhile
    }
    int next = (made | 1) + 1;
    made = next - 1;
    PointerScope scope = new PointerScope();
    try {
      seen.copy_(weight);
      order.write(copy, seen);
      made = next; // what is thrown leaves it odd: it is made anew
    } finally {
      scope.close();
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}

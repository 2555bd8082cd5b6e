package io.github.torchscribe.runtime.data;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Fills batches with a dataset's examples.
 *
 * @param crew divides each among itself
 */
record Gathering(Dataset data, Crew crew) {
  /**
   * Fills a batch.
   *
   * @param place shaped for it
   * @param order of the epoch
   * @param first where in the order the batch begins
   */
  void fill(Room place, Tensor order, long first, int size) {
    crew.divide(
        size,
        (from, to) -> {
          int count = to - from;
          PointerScope scope = new PointerScope();
          try {
            Tensor indices = order.narrow(0, first + from, count);
            data.gather(indices, place.inputs(from, count), place.targets(from, count));
          } finally {
            scope.close();
          }
        });
  }
}

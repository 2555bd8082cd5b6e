package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.torch.Shapes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A model's copies of weights for predictions: who predicts at the same time has them together. */
final class WeightCopies implements AutoCloseable {
  private final Map<List<Object>, WeightCopy> all = new HashMap<>();

  /**
   * A copy, which is made once.
   *
   * @param kind of the copy: another one has another order
   * @param weight one of the model's, a part of its flat tensor
   * @param order how it is copied
   * @param shape of the copy
   */
  synchronized WeightCopy of(String kind, Tensor weight, WeightCopy.Order order, long... shape) {
    List<Object> place =
        List.of(kind, weight.storage_offset(), Shapes.describe(weight), Arrays.toString(shape));
    return all.computeIfAbsent(place, some -> new WeightCopy(weight, order, shape));
  }

  /** Frees them all. */
  @Override
  public synchronized void close() {
    all.values().forEach(WeightCopy::close);
    all.clear();
  }
}

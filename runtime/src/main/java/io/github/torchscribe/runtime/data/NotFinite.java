package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Tensors;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * An example that holds NaN or infinity.
 *
 * @param example its index in the data
 * @param where in it: for example {@code its input age}; {@code it} where its parts have no names
 */
public record NotFinite(long example, String where) {
  /** The first in a batch, whose examples are those of the data. */
  static Optional<NotFinite> in(Batch batch, LongUnaryOperator example) {
    PointerScope scope = new PointerScope();
    try {
      return first("input", batch.allInputs(), example)
          .or(() -> first("target", batch.allTargets(), example));
    } finally {
      scope.close();
    }
  }

  private static Optional<NotFinite> first(String what, Tensors parts, LongUnaryOperator example) {
    for (int i = 0; i < parts.size(); i++) {
      Tensor part = parts.get(i);
      String name = parts.names().get(i);
      Tensor good = part.reshape(part.size(0), -1).isfinite().all(1, false).cpu();
      for (long place = 0; place < good.size(0); place++) {
        if (!good.select(0, place).item_bool()) {
          String where = name.isEmpty() ? "it" : "its " + what + " " + name;
          return Optional.of(new NotFinite(example.applyAsLong(place), where));
        }
      }
    }
    return Optional.empty();
  }
}

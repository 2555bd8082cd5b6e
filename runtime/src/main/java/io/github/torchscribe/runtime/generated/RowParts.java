package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.torch.Arena;
import java.util.IdentityHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** What is done with rows, each by itself, by the tensors that forward knows the results as. */
final class RowParts {
  private final Map<Tensor, Known> known = new IdentityHashMap<>();

  /**
   * An operation whose result lies where it lay before.
   *
   * @param views what its parts read and write
   * @param parts null where it is not divided
   */
  private record Known(Tensor from, Arena views, Rowwise parts) {
    static Known of(Hands hands, Rowwise.Operation operation, Tensor to, Tensor from) {
      Rowwise[] parts = new Rowwise[1];
      Arena views = Arena.filledBy(() -> parts[0] = Rowwise.of(hands, operation, to, from));
      return new Known(from, views, parts[0]);
    }
  }

  /**
   * Computes.
   *
   * @param hands who does; null for the calling thread alone
   * @param operation what is computed
   * @param to gets the result
   * @param from of the same shape
   */
  void compute(Hands hands, Rowwise.Operation operation, Tensor to, Tensor from) {
    Rowwise some = hands == null ? null : parts(hands, operation, to, from);
    if (some == null) {
      operation.compute(to, from);
    } else {
      some.compute();
    }
  }

  private Rowwise parts(Hands hands, Rowwise.Operation operation, Tensor to, Tensor from) {
    Known some = known.get(to);
    if (some == null || some.from != from) {
      if (some != null) {
        some.views.close();
      }
      some = Known.of(hands, operation, to, from);
      known.put(to, some);
    }
    return some.parts;
  }

  /** What was bound is gone. */
  void clear() {
    known.values().forEach(some -> some.views.close());
    known.clear();
  }
}

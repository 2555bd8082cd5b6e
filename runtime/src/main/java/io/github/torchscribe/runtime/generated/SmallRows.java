package io.github.torchscribe.runtime.generated;

import java.util.IdentityHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Results of products of a single row, by the tensors that forward knows them as. */
final class SmallRows {
  private final Map<Tensor, SmallRow> known = new IdentityHashMap<>();

  /**
   * A product writes a single row into a tensor, which stays where it is. Autograd does not watch
   * what becomes of it.
   */
  void note(Tensor result) {
    if (!known.containsKey(result)) {
      SmallRow row = SmallRow.of(result);
      if (row != null) {
        known.put(result, row);
      }
    }
  }

  /** Tensors are bound anew. */
  void clear() {
    known.clear();
  }

  /** ReLU in place, of any tensor. */
  void relu(Tensor result) {
    SmallRow row = known.get(result);
    if (row == null) {
      torch.relu_(result);
    } else {
      row.relu();
    }
  }
}

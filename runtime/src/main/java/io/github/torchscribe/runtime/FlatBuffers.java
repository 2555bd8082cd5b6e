package io.github.torchscribe.runtime;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What training needs besides, each laid out as the flat parameters are and made when first asked
 * for. What nobody writes to takes no memory.
 */
final class FlatBuffers implements AutoCloseable {
  private final Engine engine;
  private final List<Arena> arenas = new ArrayList<>();
  private final List<Tensor> pieces = new ArrayList<>();
  private Tensor loweredValues;
  private Tensor loweredGradients;

  FlatBuffers(Engine engine) {
    this.engine = engine;
  }

  /**
   * A share's pieces of the parameters' gradients.
   *
   * @param number of the share, at least 1: the first has the gradients themselves
   */
  Tensor pieces(int number) {
    while (pieces.size() < number) {
      pieces.add(allocate(torch.ScalarType.Float));
    }
    return pieces.get(number - 1);
  }

  /** All parameters in bfloat16, as they were when the step began. */
  Tensor loweredValues() {
    if (loweredValues == null) {
      loweredValues = allocate(torch.ScalarType.BFloat16);
    }
    return loweredValues;
  }

  /** Room for gradients of products in bfloat16. */
  Tensor loweredGradients() {
    if (loweredGradients == null) {
      loweredGradients = allocate(torch.ScalarType.BFloat16);
    }
    return loweredGradients;
  }

  private Tensor allocate(torch.ScalarType type) {
    long[] size = {engine.blueprint().size()};
    Tensor[] result = new Tensor[1];
    arenas.add(
        Arena.filledBy(() -> result[0] = torch.empty(size, engine.device().options(type), null)));
    return result[0];
  }

  /** Frees all; what is asked for later is made anew. */
  @Override
  public void close() {
    arenas.forEach(Arena::close);
    arenas.clear();
    pieces.clear();
    loweredValues = null;
    loweredGradients = null;
  }
}

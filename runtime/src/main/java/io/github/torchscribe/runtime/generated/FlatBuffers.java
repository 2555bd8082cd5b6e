package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What training needs besides, each laid out as the flat parameters are and made when first asked
 * for. What nobody writes to takes no memory.
 */
final class FlatBuffers implements AutoCloseable {
  private final long values;
  private final long gradients;
  private final List<Arena> arenas = new ArrayList<>();
  private final List<Tensor> pieces = new ArrayList<>();
  private Tensor loweredValues;
  private Tensor loweredGradients;

  /**
   * None yet.
   *
   * @param values how many parameters there are, also frozen ones
   * @param gradients how many gradients there are
   */
  FlatBuffers(long values, long gradients) {
    this.values = values;
    this.gradients = gradients;
  }

  /**
   * A share's pieces of the parameters' gradients.
   *
   * @param number of the share, at least 1: the first has the gradients themselves
   */
  Tensor pieces(int number, Device device) {
    while (pieces.size() < number) {
      pieces.add(allocate(gradients, torch.ScalarType.Float, device));
    }
    return pieces.get(number - 1);
  }

  /** All parameters in bfloat16, as they were when the step began. */
  Tensor loweredValues(Device device) {
    if (loweredValues == null) {
      loweredValues = allocate(values, torch.ScalarType.BFloat16, device);
    }
    return loweredValues;
  }

  /** Room for gradients of products in bfloat16. */
  Tensor loweredGradients(Device device) {
    if (loweredGradients == null) {
      loweredGradients = allocate(gradients, torch.ScalarType.BFloat16, device);
    }
    return loweredGradients;
  }

  private Tensor allocate(long size, torch.ScalarType type, Device device) {
    Tensor[] result = new Tensor[1];
    arenas.add(
        Arena.filledBy(
            () -> result[0] = torch.empty(new long[] {size}, device.options(type), null)));
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

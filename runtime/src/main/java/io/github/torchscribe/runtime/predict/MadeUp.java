package io.github.torchscribe.runtime.predict;

import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.generated.Signature;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.Arrays;

/** A question that any network of some inputs can be asked; what it answers is of no interest. */
public final class MadeUp {
  /** The golden ratio's: what remains of its multiples lies far apart, however many there are. */
  private static final double STEP = (Math.sqrt(5) - 1) / 2;

  private MadeUp() {}

  /**
   * An example of numbers from 0 to 1, always the same, no two of which are: a layer that divides
   * by how much they differ makes numbers of them. A mask hides nothing. An index is the least that
   * is not padding.
   *
   * @param network is to be asked
   */
  public static Asked of(Network network) {
    Signature signature = network.signature();
    int count = signature.inputs().size();
    float[][] numbers = new float[count][];
    long[][] indices = new long[count][];
    for (int i = 0; i < count; i++) {
      TensorSpec input = signature.inputs().get(i);
      int size = Math.toIntExact(Shapes.elements(input.shape()));
      if (input.areIndices()) {
        indices[i] = indices(input, size);
      } else {
        numbers[i] = numbers(input, size);
      }
    }
    return Asked.of(signature, numbers, indices);
  }

  private static float[] numbers(TensorSpec input, int size) {
    float[] some = new float[size];
    for (int i = 0; i < size; i++) {
      some[i] = (float) ((i + 1) * STEP % 1);
    }
    if (input.lack(some).isPresent()) {
      Arrays.fill(some, 1); // a mask
    }
    return some;
  }

  private static long[] indices(TensorSpec input, int size) {
    long[] some = new long[size];
    for (long index = 0; input.lack(some).isPresent() && index < input.count(); index++) {
      Arrays.fill(some, index);
    }
    return some;
  }
}

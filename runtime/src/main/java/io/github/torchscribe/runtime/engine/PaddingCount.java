package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Counts the places of each example that an input says are padding.
 *
 * @param says what the input is
 */
record PaddingCount(TensorSpec says) {
  /** A number for each example. */
  long[] of(Tensor input) {
    PointerScope scope = new PointerScope();
    try {
      if (!says.areIndices()) {
        return Longs.of(input.eq(new Scalar(0.0)).sum(1).to(torch.ScalarType.Long));
      }
      long[] all = Longs.of(input);
      long[] each = new long[(int) input.size(0)];
      int size = all.length / each.length;
      for (int i = 0; i < each.length; i++) {
        each[i] = says.countPadding(Arrays.copyOfRange(all, i * size, (i + 1) * size));
      }
      return each;
    } finally {
      scope.close();
    }
  }
}

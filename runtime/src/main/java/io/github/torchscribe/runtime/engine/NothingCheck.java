package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Refuses batches with an example in which nothing is: of no words there is no mean, and attention
 * to nothing gives numbers that are none.
 *
 * @param network its name, for messages
 */
record NothingCheck(String network) {
  /**
   * Of indices, which have been read already.
   *
   * @param all of the batch
   * @param n how many examples they are of
   */
  void check(String what, long[] all, int n, TensorSpec wanted) {
    if (!wanted.mayBeEmpty()) {
      int size = all.length / n;
      check(what, n, i -> wanted.lack(Arrays.copyOfRange(all, i * size, (i + 1) * size)));
    }
  }

  /** Of numbers. */
  void check(String what, Tensor batch, TensorSpec wanted) {
    if (wanted.mayBeEmpty()) {
      return;
    }
    PointerScope scope = new PointerScope();
    try {
      int n = (int) batch.size(0);
      int size = (int) (batch.numel() / n);
      float[] all = new float[n * size];
      batch.cpu().contiguous().data_ptr_float().get(all);
      check(what, n, i -> wanted.lack(Arrays.copyOfRange(all, i * size, (i + 1) * size)));
    } finally {
      scope.close();
    }
  }

  private void check(String what, int n, IntFunction<Optional<String>> lack) {
    for (int i = 0; i < n; i++) {
      int example = i;
      lack.apply(i)
          .ifPresent(
              wrong -> {
                throw new WrongExample(
                    network + " cannot read example ", example, ": its " + what + " " + wrong);
              });
    }
  }
}

package io.github.torchscribe.runtime.optim;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Numbers in a device's memory, where they stay while operations that were recorded read them. */
final class DeviceNumbers implements AutoCloseable {
  private Kept kept = Kept.none();
  private float[] last = {};

  /**
   * Puts numbers there, unless they are the last ones.
   *
   * @param beside a tensor on the device
   * @param numbers as many as before, or their place is another
   */
  void put(Tensor beside, double... numbers) {
    float[] all = new float[numbers.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) numbers[i];
    }
    boolean isNew = kept.isNothing() || all.length != last.length;
    if (isNew) {
      close();
      kept = Kept.of(() -> List.of(torch.empty(new long[] {all.length}, beside.options(), null)));
    }
    if (isNew || !Arrays.equals(all, last)) {
      kept.tensors().get(0).copy_(torch.tensor(all), true); // does not wait for what is being done
      last = all;
    }
  }

  /** Some of the numbers. */
  Factor[] factors(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> Factor.at(kept.tensors().get(0).select(0, i)))
        .toArray(Factor[]::new);
  }

  @Override
  public void close() {
    kept.close();
    kept = Kept.none();
    last = new float[0];
  }
}

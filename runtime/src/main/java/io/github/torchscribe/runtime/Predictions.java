package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * What a learner takes examples for, and what they are. Where a network gives several outputs that
 * each decide, there are as many decisions for each example.
 *
 * @param predicted the class of each decision
 * @param right what it should be
 * @param classes how many classes there are
 */
public record Predictions(long[] predicted, long[] right, int classes) {
  private static final int YES_AND_NO = 2;

  /**
   * Goes through a dataset.
   *
   * @param learner decides
   * @param data in its own order
   * @param batchSize examples at a time
   * @return all decisions
   */
  public static Predictions of(Learner learner, Dataset data, int batchSize) {
    boolean classes = data.targets().areIndices();
    Decision decision = classes ? Decision.ARGMAX : Decision.LOGIT_ABOVE_ZERO;
    long[][] predicted = new long[(int) ((data.size() + batchSize - 1) / batchSize)][];
    long[][] right = new long[predicted.length][];
    int i = 0;
    try (DataLoader loader = DataLoader.sequential(data, batchSize, null, learner.device())) {
      for (Batch batch : loader) {
        predicted[i] = learner.predict(batch.inputs());
        right[i++] = longs(decision, batch.targets());
      }
    }
    return new Predictions(
        joined(predicted), joined(right), classes ? (int) data.targets().count() : YES_AND_NO);
  }

  /**
   * Which decisions are wrong.
   *
   * @return indices, ascending
   */
  public int[] wrong() {
    return IntStream.range(0, right.length).filter(i -> predicted[i] != right[i]).toArray();
  }

  /**
   * How often each class was taken for each.
   *
   * @return counts: a row for each right class, in it a count for each predicted one
   */
  public long[][] confusion() {
    long largest = Math.max(classes - 1L, Arrays.stream(predicted).max().orElse(0));
    long[][] counts = new long[(int) largest + 1][(int) largest + 1];
    for (int i = 0; i < right.length; i++) {
      counts[(int) right[i]][(int) predicted[i]]++;
    }
    return counts;
  }

  private static long[] longs(Decision decision, Tensor targets) {
    PointerScope scope = new PointerScope();
    try {
      return longs(decision.right(targets));
    } finally {
      scope.close();
    }
  }

  /** The numbers of a tensor of 64-bit integers. */
  static long[] longs(Tensor tensor) {
    long[] result = new long[(int) tensor.numel()];
    Device.cpu().copy(tensor).contiguous().data_ptr_long().get(result);
    return result;
  }

  private static long[] joined(long[][] parts) {
    return Arrays.stream(parts).flatMapToLong(Arrays::stream).toArray();
  }
}

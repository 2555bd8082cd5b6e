package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Tensor;

/**
 * A product x·Wᵀ + b with weights in 8 bits. What is multiplied gets 8 bits anew each time, from
 * the least of its numbers to the largest; sums are whole numbers, and so the same in any order.
 */
final class Quantized extends Prepared {
  /** What a thread has to do at least, in multiplications: some ten microseconds. */
  private static final long LEAST = 1_000_000;

  /** The library takes so many columns at a time. */
  private static final long AT_A_TIME = 32;

  private final Hands hands;
  private final Tensor[] results;
  private final IValueVector[] calls;

  /**
   * A product whose numbers stay where they are.
   *
   * @param hands who computes it
   * @param weights are kept there
   * @param to (rows, features)
   * @param from (rows, width)
   * @param weight (features, width)
   * @param bias (features), or null
   */
  Quantized(
      Hands hands, QuantizedWeights weights, Tensor to, Tensor from, Tensor weight, Tensor bias) {
    this.hands = hands;
    long features = weight.size(0);
    long most = Math.min(from.size(0) * weight.numel() / LEAST, features / AT_A_TIME);
    int among = (int) Math.max(1, Math.min(hands.most(), most));
    if (among > 1) {
      hands.plan(among);
    }
    results = new Tensor[among];
    calls = new IValueVector[among];
    for (int i = 0; i < among; i++) {
      long begin = first(i, features, among);
      long count = first(i + 1, features, among) - begin;
      Tensor shift = bias == null ? null : bias.narrow(0, begin, count);
      results[i] = to.narrow(1, begin, count);
      calls[i] = weights.call(from, weight.narrow(0, begin, count), shift);
    }
  }

  private static long first(int part, long features, int among) {
    return part == among ? features : part * features / among / AT_A_TIME * AT_A_TIME;
  }

  @Override
  public void compute() {
    if (calls.length > 1 && hands.areSeveral()) {
      hands.divide(calls.length, this::multiply);
    } else {
      for (int i = 0; i < calls.length; i++) {
        multiply(i);
      }
    }
  }

  private void multiply(int part) {
    QuantizedWeights.multiply(results[part], calls[part]);
  }
}

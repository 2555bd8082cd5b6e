package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Tensor;

/**
 * A product x·Wᵀ + b with weights in 8 bits. What is multiplied gets 8 bits anew each time, from
 * the least of its numbers to the largest; sums are whole numbers, and so the same in any order.
 */
final class Quantized extends InParts {
  /** What a thread has to do at least, in multiplications: some ten microseconds. */
  private static final long LEAST = 1_000_000;

  /** The library takes so many columns at a time. */
  private static final long AT_A_TIME = 32;

  private final Tensor[] results;
  private final IValueVector[] calls;

  private Quantized(Hands hands, Tensor[] results, IValueVector... calls) {
    super(hands, calls.length);
    this.results = results;
    this.calls = calls;
  }

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
  static Quantized of(
      Hands hands, QuantizedWeights weights, Tensor to, Tensor from, Tensor weight, Tensor bias) {
    long features = weight.size(0);
    long most = Math.min(from.size(0) * weight.numel() / LEAST, features / AT_A_TIME);
    int among = (int) Math.max(1, Math.min(hands.most(), most));
    Tensor[] results = new Tensor[among];
    IValueVector[] calls = new IValueVector[among];
    for (int i = 0; i < among; i++) {
      long begin = first(i, among, features, AT_A_TIME);
      long count = first(i + 1, among, features, AT_A_TIME) - begin;
      Tensor shift = bias == null ? null : bias.narrow(0, begin, count);
      results[i] = to.narrow(1, begin, count);
      calls[i] = weights.call(from, weight.narrow(0, begin, count), shift);
    }
    return new Quantized(hands, results, calls);
  }

  @Override
  void computeWhole() {
    for (int i = 0; i < calls.length; i++) {
      computePart(i);
    }
  }

  @Override
  void computePart(int number) {
    QuantizedWeights.multiply(results[number], calls[number]);
  }
}

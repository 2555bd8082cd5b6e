package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import org.bytedeco.pytorch.Tensor;

/**
 * A product x·Wᵀ + b of few rows, as many small ones: each of some rows of W. Of small matrices
 * OpenBLAS copies nothing, where it has kernels for these: it multiplies them as they lie.
 */
final class Blocks extends InParts {
  /** What a thread has to do at least, in multiplications: some twenty microseconds. */
  private static final long LEAST_WORK = 1_000_000;

  /** Smaller blocks cost more by being called than by what they compute. */
  private static final long LEAST = 4;

  private final Some all;
  private final Some[] parts;
  private final Tensor original;
  private final Tensor turned;

  private Blocks(Hands hands, Some all, Some[] parts, Tensor original, Tensor turned) {
    super(hands, parts.length);
    this.all = all;
    this.parts = parts;
    this.original = original;
    this.turned = turned;
  }

  /** Some blocks, or all. */
  private record Some(Tensor result, Tensor shift, Tensor weights, Tensor factor) {
    static Some all(Tensor to, Tensor turned, Tensor weight, Tensor shift, long blocks) {
      long size = weight.size(0) / blocks;
      return new Some(
          to.t().view(blocks, size, -1),
          shift == null ? null : shift.view(blocks, size, 1),
          weight.view(blocks, size, -1),
          turned.unsqueeze(0).expand(blocks, turned.size(0), turned.size(1)));
    }

    Some[] divided(int among) {
      Some[] all = new Some[among];
      long blocks = weights.size(0);
      for (int i = 0; i < among; i++) {
        long begin = i * blocks / among;
        long count = (i + 1) * blocks / among - begin;
        all[i] =
            new Some(
                result.narrow(0, begin, count),
                shift == null ? null : shift.narrow(0, begin, count),
                weights.narrow(0, begin, count),
                factor.narrow(0, begin, count));
      }
      return all;
    }

    void multiply() {
      ManyProducts.multiply(null, result, shift, weights, factor);
    }
  }

  /**
   * A product whose matrices stay where they are.
   *
   * @param hands who computes it
   * @param to (rows, features), one feature after the other
   * @param from (rows, width), in any order
   * @param room for as many numbers, one feature after the other
   * @param weight (features, width)
   * @param bias (features), or null
   * @return null where no blocks are small enough, or all is
   */
  static Blocks of(Hands hands, Tensor to, Tensor from, Tensor room, Tensor weight, Tensor bias) {
    long size = size(weight.size(0), from.numel());
    long blocks = size < LEAST ? 0 : weight.size(0) / size;
    if (blocks < 2) { // as a whole it is small, too
      return null;
    }
    boolean turns = !Products.isByFeature(from);
    Tensor turned = turns ? room.view(from.size(1), -1) : from.t();
    Some all = Some.all(to, turned, weight, bias, blocks);
    long most = Math.min(weight.numel() * from.size(0) / LEAST_WORK, blocks);
    Some[] parts = all.divided((int) Math.min(hands.most(), most));
    return new Blocks(hands, all, parts, turns ? from.t() : null, turned);
  }

  /** The most rows of W that divide it evenly and whose product is small. */
  private static long size(long features, long each) {
    long size = Math.min(features, SmallProducts.SMALL / each);
    while (size >= LEAST && features % size != 0) {
      size--;
    }
    return size;
  }

  /**
   * Whether this is the way to go.
   *
   * @return false where OpenBLAS would divide the whole product among threads, which it does not do
   *     with small ones
   */
  @Override
  boolean suits() {
    return Pools.openBlas() == 1;
  }

  @Override
  public void compute() {
    if (original != null) {
      turned.copy_(original);
    }
    super.compute();
  }

  @Override
  void computeWhole() {
    all.multiply();
  }

  @Override
  void computePart(int number) {
    parts[number].multiply();
  }
}

package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Pools;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A product x·Wᵀ + b of few rows, as many small ones: each of some rows of W. Of small matrices
 * OpenBLAS copies nothing, where it has kernels for these: it multiplies them as they lie.
 */
public final class Blocks {
  /** So many multiplications and additions OpenBLAS takes for small. */
  private static final long SMALL = 1_000_000;

  /** Smaller blocks cost more by being called than by what they compute. */
  private static final long LEAST = 4;

  private final Tensor result;
  private final Tensor shift;
  private final Tensor weights;
  private final Tensor factor;
  private final Tensor original;
  private final Tensor turned;

  private Blocks(
      Tensor to, Tensor original, Tensor turned, Tensor weight, Tensor shift, long blocks) {
    long size = weight.size(0) / blocks;
    result = to.t().view(blocks, size, -1);
    weights = weight.view(blocks, size, -1);
    this.shift = shift == null ? null : shift.view(blocks, size, 1);
    this.original = original;
    this.turned = turned;
    factor = turned.unsqueeze(0).expand(blocks, turned.size(0), turned.size(1));
  }

  /**
   * A product whose matrices stay where they are.
   *
   * @param to (rows, features), one feature after the other
   * @param from (rows, width), in any order
   * @param room for as many numbers, one feature after the other
   * @param weight (features, width)
   * @param bias (features), or null
   * @return null where no blocks are small enough, or all is
   */
  static Blocks of(Tensor to, Tensor from, Tensor room, Tensor weight, Tensor bias) {
    long size = size(weight.size(0), from.numel());
    long blocks = size < LEAST ? 0 : weight.size(0) / size;
    if (blocks < 2) { // as a whole it is small, too
      return null;
    }
    return Products.isByFeature(from)
        ? new Blocks(to, null, from.t(), weight, bias, blocks)
        : new Blocks(to, from.t(), room.view(from.size(1), -1), weight, bias, blocks);
  }

  /** The most rows of W that divide it evenly and whose product is small. */
  private static long size(long features, long each) {
    long size = Math.min(features, SMALL / each);
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
  boolean suits() {
    return Pools.openBlas() == 1;
  }

  /** Computes the product. */
  public void multiply() {
    if (original != null) {
      turned.copy_(original);
    }
    if (shift == null) {
      torch.bmm_out(result, weights, factor);
    } else {
      torch.baddbmm_out(result, shift, weights, factor);
    }
  }
}

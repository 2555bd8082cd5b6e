package io.github.torchscribe.runtime.generated;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Gradients that each share has computed from its own rows, and the part of their sums that this
 * share has to bring about. The first share's pieces are where the sums will be.
 */
public final class Pieces {
  private final Tensor values;
  private final Tensor gradients;
  private final List<Tensor> others;

  /**
   * Some elements of the flat buffers.
   *
   * @param values what is learned; null where no step down is asked for
   * @param gradients the first share's pieces, then the sums
   * @param others the other shares' pieces
   */
  Pieces(Tensor values, Tensor gradients, List<Tensor> others) {
    this.values = values;
    this.gradients = gradients;
    this.others = others;
  }

  /** Adds up what all shares have computed. */
  public void sum() {
    for (Tensor other : others) {
      gradients.add_(other);
    }
  }

  /**
   * Adds up what all shares have computed, and goes a step down: p ← p − lr·g.
   *
   * @param minusLr the learning rate, negated
   */
  public void descend(Scalar minusLr) {
    sum();
    values.add_(gradients, minusLr);
  }
}

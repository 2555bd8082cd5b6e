package io.github.torchscribe.runtime.optim;

import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * RMSprop, {@code torch.optim.RMSprop} (Hinton, 2012).
 *
 * <p>In each step, for parameter p with gradient g: g ← g + weightDecay·p; v ← alpha·v + (1 −
 * alpha)·g²; centered: a ← alpha·a + (1 − alpha)·g and v̂ = v − a², otherwise v̂ = v; d = g/(√v̂ +
 * eps); with momentum b ← momentum·b + d and p ← p − lr·b, otherwise p ← p − lr·d.
 */
public final class RmsProp extends FlatOptimizer {
  private final double alpha;
  private final double eps;
  private final double weightDecay;
  private double momentum;
  private final boolean centered;

  /**
   * An optimizer that has not stepped yet.
   *
   * @param lr the learning rate, a finite number above 0
   * @param alpha the share of the mean square that is kept, from 0 to less than 1
   * @param eps added to the root of the mean square, at least 0
   * @param weightDecay the L2 penalty's factor, at least 0
   * @param momentum the share of the last velocity that is kept, at least 0
   * @param centered whether the gradient's variance is taken instead of its mean square
   * @throws IllegalArgumentException when a value is out of its range
   */
  public RmsProp(
      double lr, double alpha, double eps, double weightDecay, double momentum, boolean centered) {
    super(lr, 0);
    share("alpha", alpha);
    atLeastZero("eps", eps);
    atLeastZero("weightDecay", weightDecay);
    atLeastZero("momentum", momentum);
    this.alpha = alpha;
    this.eps = eps;
    this.weightDecay = weightDecay;
    this.momentum = momentum;
    this.centered = centered;
  }

  /** Momentum may come later, with a schedule. */
  @Override
  int slots() {
    return 2 + (centered ? 1 : 0) + (momentum > 0 ? 1 : 0);
  }

  @Override
  public OptionalDouble momentum() {
    return OptionalDouble.of(momentum);
  }

  @Override
  public void momentum(double value) {
    share("momentum", value);
    momentum = value;
  }

  @Override
  double[] factors(Counts.Count count) {
    return new double[] {-rate(), momentum};
  }

  @Override
  boolean[] branches() {
    return new boolean[] {momentum > 0};
  }

  @Override
  void update(Tensor parameters, Tensor gradients, List<Tensor> memory, Factor... factors) {
    Factor minusLr = factors[0];
    decay(parameters, gradients, weightDecay);
    Tensor square = memory.get(0);
    Tensor divisor = memory.get(1);
    square.mul_(new Scalar(alpha));
    square.addcmul_(gradients, gradients, new Scalar(1 - alpha));
    if (centered) {
      Tensor mean = memory.get(2);
      mean.lerp_(gradients, new Scalar(1 - alpha));
      divisor.copy_(square);
      divisor.addcmul_(mean, mean, new Scalar(-1.0));
      divisor.sqrt_();
    } else {
      torch.sqrt_out(divisor, square);
    }
    divisor.add_(new Scalar(eps));
    if (momentum > 0) {
      Tensor velocity = memory.get(memory.size() - 1);
      factors[1].scale(velocity);
      velocity.addcdiv_(gradients, divisor, new Scalar(1.0));
      minusLr.add(parameters, velocity);
    } else {
      minusLr.addQuotient(parameters, gradients, divisor);
    }
  }
}

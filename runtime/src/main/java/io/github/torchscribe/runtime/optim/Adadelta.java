package io.github.torchscribe.runtime.optim;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adadelta, {@code torch.optim.Adadelta} (Zeiler, 2012).
 *
 * <p>In each step, for parameter p with gradient g: g ← g + weightDecay·p; v ← rho·v + (1 −
 * rho)·g²; d = √(u + eps)/√(v + eps)·g; u ← rho·u + (1 − rho)·d²; p ← p − lr·d.
 */
public final class Adadelta extends FlatOptimizer {
  private final double rho;
  private final double eps;
  private final double weightDecay;

  /**
   * An optimizer that has not stepped yet.
   *
   * @param lr the learning rate, a finite number above 0
   * @param rho the share of the mean squares that is kept, from 0 to 1
   * @param eps added to the root of the mean square, at least 0
   * @param weightDecay the L2 penalty's factor, at least 0
   * @throws IllegalArgumentException when a value is out of its range
   */
  public Adadelta(double lr, double rho, double eps, double weightDecay) {
    super(lr, 4);
    check(rho >= 0 && rho <= 1, "rho", "from 0 to 1", rho);
    atLeastZero("eps", eps);
    atLeastZero("weightDecay", weightDecay);
    this.rho = rho;
    this.eps = eps;
    this.weightDecay = weightDecay;
  }

  @Override
  double[] factors(Counts.Count count) {
    return new double[] {-rate()};
  }

  @Override
  void update(Tensor parameters, Tensor gradients, List<Tensor> memory, Factor... factors) {
    decay(parameters, gradients, weightDecay);
    Tensor square = memory.get(0);
    Tensor changes = memory.get(1);
    Tensor divisor = memory.get(2);
    Tensor delta = memory.get(3);
    square.mul_(new Scalar(rho));
    square.addcmul_(gradients, gradients, new Scalar(1 - rho));
    torch.add_out(divisor, square, new Scalar(eps));
    divisor.sqrt_();
    torch.add_out(delta, changes, new Scalar(eps));
    delta.sqrt_();
    delta.div_(divisor);
    delta.mul_(gradients);
    changes.mul_(new Scalar(rho));
    changes.addcmul_(delta, delta, new Scalar(1 - rho));
    factors[0].add(parameters, delta);
  }
}

package io.github.torchscribe.runtime.optim;

import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Adam with Nesterov's momentum, {@code torch.optim.NAdam} (Dozat, 2016).
 *
 * <p>In each step t, for parameter p with gradient g: g ← g + weightDecay·p; μ = beta1·(1 −
 * 0.96^(t·momentumDecay)/2), μ′ the same for t + 1, M the product of all μ so far; m and v as with
 * {@link Adam}; p ← p − lr·[(1 − μ)/(1 − M)·g + μ′/(1 − M·μ′)·m]/(√v̂ + eps) with v̂ = v/(1 −
 * beta2ᵗ).
 */
public final class NAdam extends FlatOptimizer {
  private double beta1;
  private final double beta2;
  private final double eps;
  private final double weightDecay;
  private final double momentumDecay;

  /**
   * An optimizer that has not stepped yet.
   *
   * @param lr the learning rate, a finite number above 0
   * @param beta1 the share of the mean that is kept, from 0 to less than 1
   * @param beta2 the share of the mean square that is kept, from 0 to less than 1
   * @param eps added to the root of the mean square, at least 0
   * @param weightDecay the L2 penalty's factor, at least 0
   * @param momentumDecay how fast the momentum rises, at least 0
   * @throws IllegalArgumentException when a value is out of its range
   */
  public NAdam(
      double lr, double beta1, double beta2, double eps, double weightDecay, double momentumDecay) {
    super(lr, 3);
    share("beta1", beta1);
    share("beta2", beta2);
    atLeastZero("eps", eps);
    atLeastZero("weightDecay", weightDecay);
    atLeastZero("momentumDecay", momentumDecay);
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.eps = eps;
    this.weightDecay = weightDecay;
    this.momentumDecay = momentumDecay;
  }

  @Override
  public OptionalDouble momentum() {
    return OptionalDouble.of(beta1);
  }

  @Override
  public void momentum(double value) {
    share("beta1", value);
    beta1 = value;
  }

  @Override
  double[] factors(Counts.Count count) {
    long step = count.steps();
    double mu = mu(step);
    double next = mu(step + 1);
    count.product *= mu;
    double lr = rate();
    return new double[] {
      1 - beta1,
      1 - Math.pow(beta2, step),
      -lr * (1 - mu) / (1 - count.product),
      -lr * next / (1 - count.product * next)
    };
  }

  @Override
  void update(Tensor parameters, Tensor gradients, List<Tensor> memory, Factor... factors) {
    decay(parameters, gradients, weightDecay);
    Tensor mean = memory.get(0);
    Tensor square = memory.get(1);
    Tensor divisor = memory.get(2);
    factors[0].lerp(mean, gradients);
    square.mul_(new Scalar(beta2));
    square.addcmul_(gradients, gradients, new Scalar(1 - beta2));
    factors[1].divide(divisor, square);
    divisor.sqrt_();
    divisor.add_(new Scalar(eps));
    factors[2].addQuotient(parameters, gradients, divisor);
    factors[3].addQuotient(parameters, mean, divisor);
  }

  private double mu(long step) {
    return beta1 * (1 - 0.5 * Math.pow(0.96, step * momentumDecay));
  }
}

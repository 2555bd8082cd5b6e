package io.github.torchscribe.runtime.optim;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adagrad, {@code torch.optim.Adagrad} (Duchi, Hazan, Singer, 2011).
 *
 * <p>In each step t, for parameter p with gradient g: g ← g + weightDecay·p; s ← s + g², beginning
 * with initialAccumulatorValue; p ← p − lr/(1 + (t − 1)·lrDecay)·g/(√s + eps).
 */
public final class Adagrad extends FlatOptimizer {
  private final double lrDecay;
  private final double weightDecay;
  private final double initialAccumulatorValue;
  private final double eps;

  /**
   * An optimizer that has not stepped yet.
   *
   * @param lr the learning rate, a finite number above 0
   * @param lrDecay how fast the learning rate falls, at least 0
   * @param weightDecay the L2 penalty's factor, at least 0
   * @param initialAccumulatorValue where the sums of squares begin, at least 0
   * @param eps added to the root of the mean square, at least 0
   * @throws IllegalArgumentException when a value is out of its range
   */
  public Adagrad(
      double lr, double lrDecay, double weightDecay, double initialAccumulatorValue, double eps) {
    super(lr, 2);
    atLeastZero("lrDecay", lrDecay);
    atLeastZero("weightDecay", weightDecay);
    atLeastZero("initialAccumulatorValue", initialAccumulatorValue);
    atLeastZero("eps", eps);
    this.lrDecay = lrDecay;
    this.weightDecay = weightDecay;
    this.initialAccumulatorValue = initialAccumulatorValue;
    this.eps = eps;
  }

  @Override
  void begin(List<Tensor> memory) {
    memory.get(0).fill_(new Scalar(initialAccumulatorValue));
  }

  @Override
  double[] factors(Counts.Count count) {
    return new double[] {-rate() / (1 + (count.steps() - 1) * lrDecay)};
  }

  @Override
  void update(Tensor parameters, Tensor gradients, List<Tensor> memory, Factor... factors) {
    decay(parameters, gradients, weightDecay);
    Tensor sum = memory.get(0);
    Tensor divisor = memory.get(1);
    sum.addcmul_(gradients, gradients, new Scalar(1.0));
    torch.sqrt_out(divisor, sum);
    divisor.add_(new Scalar(eps));
    factors[0].addQuotient(parameters, gradients, divisor);
  }
}

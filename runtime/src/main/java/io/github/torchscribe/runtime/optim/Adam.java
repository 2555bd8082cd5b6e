package io.github.torchscribe.runtime.optim;

import io.github.torchscribe.runtime.cuda.FusedAdam;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam, {@code torch.optim.Adam} (Kingma, Ba, 2014), and AdamW (Loshchilov, Hutter, 2017).
 *
 * <p>In each step t, for parameter p with gradient g: g ← g + weightDecay·p, or, decoupled as AdamW
 * has it, p ← p·(1 − lr·weightDecay); m ← beta1·m + (1 − beta1)·g; v ← beta2·v + (1 − beta2)·g²; p
 * ← p − lr·m̂/(√v̂ + eps) with m̂ = m/(1 − beta1ᵗ), v̂ = v/(1 − beta2ᵗ), or with amsgrad the
 * largest v so far in place of v.
 */
public final class Adam extends FlatOptimizer {
  private double beta1;
  private boolean momentumChanges;
  private final double beta2;
  private final double eps;
  private final double weightDecay;
  private final boolean decoupled;
  private final boolean amsgrad;

  /**
   * An optimizer that has not stepped yet.
   *
   * @param lr the learning rate, a finite number above 0
   * @param beta1 the share of the mean that is kept, from 0 to less than 1
   * @param beta2 the share of the mean square that is kept, from 0 to less than 1
   * @param eps added to the root of the mean square, at least 0
   * @param weightDecay the decay's factor, at least 0
   * @param decoupled whether the decay leaves the moments alone, as in AdamW
   * @param amsgrad whether the largest mean square so far is taken
   * @throws IllegalArgumentException when a value is out of its range
   */
  public Adam(
      double lr,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean decoupled,
      boolean amsgrad) {
    super(lr, amsgrad ? 4 : 3);
    share("beta1", beta1);
    share("beta2", beta2);
    atLeastZero("eps", eps);
    atLeastZero("weightDecay", weightDecay);
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.eps = eps;
    this.weightDecay = weightDecay;
    this.decoupled = decoupled;
    this.amsgrad = amsgrad;
  }

  @Override
  public OptionalDouble momentum() {
    return OptionalDouble.of(beta1);
  }

  @Override
  public void momentum(double value) {
    share("beta1", value);
    momentumChanges |= value != beta1;
    beta1 = value;
  }

  @Override
  double[] factors(Counts.Count count) {
    long step = count.steps();
    double lr = rate();
    return new double[] {
      decoupledDecay(lr * weightDecay),
      1 - beta1,
      Math.sqrt(1 - Math.pow(beta2, step)),
      -lr / (1 - Math.pow(beta1, step)),
      lr,
      step
    };
  }

  /** With another momentum in each step, what is recorded could not hold it. */
  @Override
  boolean[] branches() {
    return new boolean[] {momentumChanges};
  }

  @Override
  void update(Tensor parameters, Tensor gradients, List<Tensor> memory, Factor... factors) {
    if (factors[4].lying() != null && !momentumChanges && !decaysSome()) {
      fused(parameters, gradients, memory, factors[4].lying(), factors[5].lying());
      return;
    }
    if (!decoupled) {
      decay(parameters, gradients, weightDecay);
    } else if (weightDecay > 0) {
      decayDecoupled(parameters, factors[0]);
    }
    Tensor mean = memory.get(0);
    Tensor square = memory.get(1);
    Tensor divisor = memory.get(2);
    factors[1].lerp(mean, gradients);
    square.mul_(new Scalar(beta2));
    square.addcmul_(gradients, gradients, new Scalar(1 - beta2));
    Tensor largest = square;
    if (amsgrad) {
      largest = memory.get(3);
      torch.maximum_out(largest, largest, square);
    }
    torch.sqrt_out(divisor, largest);
    factors[2].divide(divisor, divisor);
    divisor.add_(new Scalar(eps));
    factors[3].addQuotient(parameters, mean, divisor);
  }

  private void fused(
      Tensor parameters, Tensor gradients, List<Tensor> memory, Tensor rate, Tensor step) {
    List<Tensor> moments = new ArrayList<>(memory.subList(0, 2));
    if (amsgrad) {
      moments.add(memory.get(3));
    }
    FusedAdam.Settings settings = new FusedAdam.Settings(beta1, beta2, weightDecay, eps, decoupled);
    FusedAdam.step(settings, parameters, gradients, moments, rate, step.view(1));
  }
}

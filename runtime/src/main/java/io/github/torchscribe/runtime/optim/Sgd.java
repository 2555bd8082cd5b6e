package io.github.torchscribe.runtime.optim;

import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic gradient descent with momentum, {@code torch.optim.SGD}.
 *
 * <p>In each step, for parameter p with gradient g: g ← g + weightDecay·p; v ← momentum·v + (1 −
 * dampening)·g, beginning with v = g; g ← g + momentum·v with Nesterov's momentum, otherwise g ← v;
 * p ← p − lr·g.
 */
public final class Sgd extends FlatOptimizer {
  private double momentum;
  private final double dampening;
  private final double weightDecay;
  private final boolean nesterov;

  /**
   * An optimizer that has not stepped yet.
   *
   * @param lr the learning rate, a finite number above 0
   * @param momentum the share of the last velocity that is kept, at least 0
   * @param dampening the share of the gradient that does not enter the velocity
   * @param weightDecay the L2 penalty's factor, at least 0
   * @param nesterov Nesterov's momentum; needs momentum above 0 and dampening 0
   * @throws IllegalArgumentException when a value is out of its range
   */
  public Sgd(double lr, double momentum, double dampening, double weightDecay, boolean nesterov) {
    super(lr, 1);
    atLeastZero("momentum", momentum);
    check(Double.isFinite(dampening), "dampening", "a finite number", dampening);
    atLeastZero("weightDecay", weightDecay);
    if (nesterov && (momentum <= 0 || dampening != 0)) {
      throw new IllegalArgumentException(
          "Nesterov's momentum needs a momentum above 0 and a dampening of 0");
    }
    this.momentum = momentum;
    this.dampening = dampening;
    this.weightDecay = weightDecay;
    this.nesterov = nesterov;
  }

  /** Momentum may come later, with a schedule. */
  @Override
  int slots() {
    return momentum == 0 ? 0 : 1;
  }

  @Override
  public boolean isPlainDescent() {
    return momentum == 0 && weightDecay == 0;
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
    return new double[] {-rate(), momentum, count.steps() == 1 ? 1 : 1 - dampening};
  }

  @Override
  boolean[] branches() {
    return new boolean[] {momentum == 0};
  }

  @Override
  void update(Tensor parameters, Tensor gradients, List<Tensor> memory, Factor... factors) {
    Factor minusLr = factors[0];
    decay(parameters, gradients, weightDecay);
    if (momentum == 0) {
      minusLr.add(parameters, gradients);
      return;
    }
    Tensor velocity = memory.get(0);
    factors[1].scale(velocity); // 0 before the first step
    factors[2].add(velocity, gradients);
    if (nesterov) {
      factors[1].add(gradients, velocity);
      minusLr.add(parameters, gradients);
    } else {
      minusLr.add(parameters, velocity);
    }
  }
}

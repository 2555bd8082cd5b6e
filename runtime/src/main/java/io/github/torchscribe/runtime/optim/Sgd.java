package io.github.torchscribe.runtime.optim;

import io.github.torchscribe.runtime.Arena;
import io.github.torchscribe.runtime.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic gradient descent with momentum, {@code torch.optim.SGD}.
 *
 * <p>In each step, for parameter p with gradient g: g ← g + weightDecay·p; v ← momentum·v + (1 −
 * dampening)·g, beginning with v = g; g ← g + momentum·v with Nesterov's momentum, otherwise g ← v;
 * p ← p − lr·g.
 */
public final class Sgd implements Optimizer {
  private final double momentum;
  private final double dampening;
  private final double weightDecay;
  private final boolean nesterov;
  private double lr;

  private Arena constants;
  private Scalar minusLr;
  private Scalar decay;
  private Scalar keep;
  private Scalar take;

  private Arena state;
  private Tensor velocity;

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
    check(momentum >= 0 && Double.isFinite(momentum), "momentum", "0 or above", momentum);
    check(Double.isFinite(dampening), "dampening", "a finite number", dampening);
    check(
        weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay", "0 or above", weightDecay);
    if (nesterov && (momentum <= 0 || dampening != 0)) {
      throw new IllegalArgumentException(
          "Nesterov's momentum needs a momentum above 0 and a dampening of 0");
    }
    this.momentum = momentum;
    this.dampening = dampening;
    this.weightDecay = weightDecay;
    this.nesterov = nesterov;
    learningRate(lr);
  }

  @Override
  public double learningRate() {
    return lr;
  }

  @Override
  public void learningRate(double value) {
    check(value > 0 && Double.isFinite(value), "the learning rate", "a number above 0", value);
    lr = value;
    if (constants != null) {
      constants.close();
      constants = null;
    }
  }

  @Override
  public boolean isPlainDescent() {
    return momentum == 0 && weightDecay == 0;
  }

  @Override
  public void step(Tensor parameters, Tensor gradients) {
    prepareConstants();
    if (weightDecay != 0) {
      gradients.add_(parameters, decay);
    }
    if (momentum == 0) {
      parameters.add_(gradients, minusLr);
      return;
    }
    if (velocity == null) {
      state = Arena.filledBy(() -> velocity = gradients.clone());
    } else {
      velocity.mul_(keep);
      velocity.add_(gradients, take);
    }
    if (nesterov) {
      gradients.add_(velocity, keep);
      parameters.add_(gradients, minusLr);
    } else {
      parameters.add_(velocity, minusLr);
    }
  }

  private void prepareConstants() {
    if (constants == null) {
      constants =
          Arena.filledBy(
              () -> {
                minusLr = new Scalar(-lr);
                decay = new Scalar(weightDecay);
                keep = new Scalar(momentum);
                take = new Scalar(1 - dampening);
              });
    }
  }

  @Override
  public void to(Device device) {
    if (velocity != null) {
      Arena before = state;
      state = Arena.filledBy(() -> velocity = device.copy(velocity));
      before.close();
    }
  }

  @Override
  public void close() {
    if (constants != null) {
      constants.close();
      constants = null;
    }
    if (state != null) {
      state.close();
      state = null;
      velocity = null;
    }
  }

  private static void check(boolean holds, String what, String must, double value) {
    if (!holds) {
      throw new IllegalArgumentException(what + " must be " + must + " but is " + value);
    }
  }
}

package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** h′ = f(W·x + b + U·h + c), f a hyperbolic tangent or a rectifier. */
final class UnrolledRnn extends Unrolled {
  private final Scalar zero = new Scalar(0.0);
  private final boolean relu;
  private final Tensor stateWeightT;
  private final Tensor bias;
  private final Tensor[] gatesAt;

  UnrolledRnn(Memory memory, boolean reverse, boolean bias, boolean relu, Tensor... parameters) {
    super(memory, reverse, bias, parameters);
    this.relu = relu;
    stateWeightT = stateWeight.t();
    this.bias = bias ? torch.empty_like(inputBias) : null;
    gatesAt = places(memory.gates());
  }

  @Override
  Tensor bias() {
    if (bias != null) {
      torch.add_out(bias, inputBias, stateBias);
    }
    return bias;
  }

  @Override
  void forward(int place) {
    torch.addmm_out(behind[place], gatesAt[place], before[place], stateWeightT);
    if (relu) {
      torch.relu_(behind[place]);
    } else {
      torch.tanh_(behind[place]);
    }
  }

  @Override
  void backward(int place) {
    if (relu) {
      torch.threshold_backward_out(gatesAt[place], gradient, behind[place], zero);
    } else {
      torch.tanh_backward_out(gatesAt[place], gradient, behind[place]);
    }
    torch.mm_out(gradient, gatesAt[place], stateWeight);
  }

  @Override
  void stateWeightGradient(Tensor to) {
    product(to, gatesT, previous);
  }

  @Override
  void stateBiasGradient(Tensor to) {
    torch.sum_out(to, gates, 0);
  }
}

package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * r, z = σ(W·x + b + U·h + c); m = U·h + c; n = tanh(W·x + b + r·m); h′ = n + z·(h − n). The
 * state's products for r and z are added to those of x in place; m stays apart.
 */
final class UnrolledGru extends Unrolled {
  private final Tensor bias;
  private final Tensor stateBiasOfBoth;
  private final Tensor biasOfBoth;
  private final Tensor stateBiasOfNew;
  private final Tensor weightOfBoth;
  private final Tensor weightOfBothT;
  private final Tensor weightOfNew;
  private final Tensor weightOfNewT;
  private final Tensor bothGates;
  private final Tensor bothGatesT;
  private final Tensor ofState;
  private final Tensor ofStateT;
  private final Tensor scratch;
  private final Tensor more;
  private final Tensor[] both;
  private final Tensor[] r;
  private final Tensor[] z;
  private final Tensor[] n;
  private final Tensor[] m;

  UnrolledGru(Memory memory, boolean reverse, boolean hasBias, Tensor... parameters) {
    super(memory, reverse, hasBias, parameters);
    bias = hasBias ? torch.empty_like(inputBias) : null;
    biasOfBoth = hasBias ? ofBoth(bias) : null;
    stateBiasOfBoth = hasBias ? ofBoth(stateBias) : null;
    stateBiasOfNew = hasBias ? ofNew(stateBias) : null;
    weightOfBoth = ofBoth(stateWeight);
    weightOfBothT = weightOfBoth.t();
    weightOfNew = ofNew(stateWeight);
    weightOfNewT = weightOfNew.t();
    bothGates = gates.narrow(1, 0, 2 * width);
    bothGatesT = bothGates.t();
    ofState = memory.ofState().flatten(0, 1);
    ofStateT = ofState.t();
    scratch = memory.scratch();
    more = memory.more();
    both = places(memory.gates().narrow(2, 0, 2 * width));
    r = places(memory.gates().narrow(2, 0, width));
    z = places(memory.gates().narrow(2, width, width));
    n = places(memory.gates().narrow(2, 2 * width, width));
    m = places(memory.ofState());
  }

  private Tensor ofBoth(Tensor parameter) {
    return parameter.narrow(0, 0, 2 * width);
  }

  private Tensor ofNew(Tensor parameter) {
    return parameter.narrow(0, 2 * width, width);
  }

  @Override
  Tensor bias() {
    if (bias != null) {
      bias.copy_(inputBias);
      biasOfBoth.add_(stateBiasOfBoth);
    }
    return bias;
  }

  @Override
  void forward(int place) {
    Tensor state = before[place];
    both[place].addmm_(state, weightOfBothT);
    torch.sigmoid_(both[place]);
    if (stateBiasOfNew == null) {
      torch.mm_out(m[place], state, weightOfNewT);
    } else {
      torch.addmm_out(m[place], stateBiasOfNew, state, weightOfNewT);
    }
    n[place].addcmul_(r[place], m[place]);
    torch.tanh_(n[place]);
    torch.lerp_out(behind[place], n[place], state, z[place]);
  }

  @Override
  void backward(int place) {
    torch.mul_out(scratch, gradient, z[place]); // of h, where h′ has it from z·h
    gradient.sub_(scratch); // of h′, times 1 − z
    torch.sub_out(more, behind[place], n[place]); // z·(h − n)
    torch.mul_out(z[place], gradient, more);
    torch.tanh_backward_out(n[place], gradient, n[place]);
    torch.mul_out(more, n[place], m[place]);
    torch.mul_out(m[place], n[place], r[place]);
    torch.sigmoid_backward_out(r[place], more, r[place]);
    torch.addmm_out(gradient, scratch, both[place], weightOfBoth);
    gradient.addmm_(m[place], weightOfNew);
  }

  @Override
  void stateWeightGradient(Tensor to) {
    product(ofBoth(to), bothGatesT, previous);
    product(ofNew(to), ofStateT, previous);
  }

  @Override
  void stateBiasGradient(Tensor to) {
    torch.sum_out(ofBoth(to), bothGates, 0);
    torch.sum_out(ofNew(to), ofState, 0);
  }
}

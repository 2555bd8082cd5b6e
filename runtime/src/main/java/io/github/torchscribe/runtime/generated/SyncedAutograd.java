package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.torch.Arena;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.VoidTensorHook;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation over the parts of a batch that all ranks have, where libtorch's autograd
 * differentiates: a hook tells it what it cannot see.
 */
final class SyncedAutograd {
  private volatile RuntimeException thrown;

  /** Normalises; {@link Differentiable#syncedNorm} says what is what. */
  Tensor norm(
      Buffers buffers,
      Tensor input,
      TensorOptional weight,
      TensorOptional bias,
      TensorOptional runningMean,
      TensorOptional runningVariance,
      boolean learning,
      double momentum,
      double eps) {
    if (!SyncedNorm.asks(buffers, learning)) {
      return torch.batch_norm(
          input, weight, bias, runningMean, runningVariance, learning, momentum, eps, false);
    }
    Moments moments = Moments.of(input.detach(), buffers, eps);
    // Not the tensors themselves: autograd keeps others of the same memory, and would mind.
    moments.track(
        runningMean.get().variable_data(), runningVariance.get().variable_data(), momentum);
    Tensor given = input;
    if (input.requires_grad()) {
      given = input.alias(); // which nobody else reads: its gradient is the norm's alone
      given.register_hook(new Correction(moments, input.detach()));
    }
    return torch.batch_norm(
        given, weight, bias, moments.mean(), moments.variance(), false, momentum, eps, false);
  }

  /**
   * What a hook has thrown, which libtorch knows as a text.
   *
   * @param e what came through libtorch, if it did
   * @return the same where it is something else
   */
  RuntimeException reason(RuntimeException e) {
    RuntimeException reason = thrown;
    thrown = null;
    return reason == null ? e : reason;
  }

  /** Takes off the gradient of what a norm is given what is lost on the way through its moments. */
  private final class Correction extends VoidTensorHook {
    private final Moments moments;
    private final Tensor input;

    Correction(Moments moments, Tensor input) {
      this.moments = moments;
      this.input = input;
    }

    @Override
    public void call(TensorBase gradient) {
      try {
        Arena.during(() -> correct(new Tensor(gradient)));
      } catch (RuntimeException e) {
        thrown = e;
        throw e;
      } finally {
        gradient.close(); // a GPU's autograd has threads of its own, in which no scope is open
      }
    }

    private void correct(Tensor gradient) {
      Tensor ones = moments.ones();
      TensorOptional weight = new TensorOptional(ones);
      T_TensorTensorTensor_T sums =
          moments.gradients(gradient, input, weight, Workbench.PARAMETERS_ONLY);
      gradient.sub_(moments.throughMoments(input, ones, sums.get1(), sums.get2()));
    }
  }
}

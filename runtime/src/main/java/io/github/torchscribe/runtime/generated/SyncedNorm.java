package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.torch.Arena;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation over the parts of a batch that all ranks have. Alone it is libtorch's own, to
 * the last bit; so it is where it goes by running statistics, for which nobody is asked.
 */
public final class SyncedNorm {
  private final Share share;
  private final Tensor mean;
  private final Tensor invStd;
  private final TensorOptional knownMean;
  private final TensorOptional knownInvStd;
  private Moments moments;

  /**
   * One of a share.
   *
   * @param share whose it is
   * @param mean (C), room for what it finds where it is alone
   * @param invStd (C), room for 1/√(variance + eps)
   */
  public SyncedNorm(Share share, Tensor mean, Tensor invStd) {
    this.share = share;
    this.mean = mean;
    this.invStd = invStd;
    knownMean = new TensorOptional(mean);
    knownInvStd = new TensorOptional(invStd);
  }

  /**
   * Normalises.
   *
   * @param result is given what comes out
   * @param input (n, C, …)
   * @param weight (C) or none
   * @param bias (C) or none
   * @param runningMean (C)
   * @param runningVariance (C)
   * @param learning whether by statistics of the batch, which go into the running ones
   * @param momentum their weight there
   * @param eps is added to variances
   */
  public void forward(
      Tensor result,
      Tensor input,
      TensorOptional weight,
      TensorOptional bias,
      TensorOptional runningMean,
      TensorOptional runningVariance,
      boolean learning,
      double momentum,
      double eps) {
    TensorOptional by = runningMean;
    TensorOptional byVariance = runningVariance;
    boolean own = learning;
    moments = null;
    if (asks(share.buffers(), learning)) {
      moments = Moments.of(input, share.buffers(), eps);
      moments.track(runningMean.get(), runningVariance.get(), momentum);
      by = moments.mean();
      byVariance = moments.variance();
      own = false;
    }
    torch.native_batch_norm_out(
        result, mean, invStd, input, weight, bias, by, byVariance, own, momentum, eps);
  }

  /** Whether a norm has something to ask. */
  static boolean asks(Buffers buffers, boolean learning) {
    return learning && buffers.peers().size() > 1;
  }

  /**
   * Goes back through the last forward pass.
   *
   * @param gradient of the loss with respect to what came out
   * @param input as it was in forward
   * @param weight as in forward
   * @param runningMean as in forward
   * @param runningVariance as in forward
   * @param learning as in forward
   * @param eps as in forward
   * @param wanted which of those of input, weight and bias
   * @return the gradients of input, weight and bias: the last two of the rank's own part, as those
   *     of all other parameters are
   */
  public T_TensorTensorTensor_T backward(
      Tensor gradient,
      Tensor input,
      TensorOptional weight,
      TensorOptional runningMean,
      TensorOptional runningVariance,
      boolean learning,
      double eps,
      BoolPointer wanted) {
    if (moments == null) {
      return torch.native_batch_norm_backward(
          gradient,
          input,
          weight,
          runningMean,
          runningVariance,
          knownMean,
          knownInvStd,
          learning,
          eps,
          wanted);
    }
    TensorOptional factor = weight.has_value() ? weight : new TensorOptional(moments.ones());
    if (!wanted.get(0)) {
      return moments.gradients(gradient, input, factor, wanted);
    }
    T_TensorTensorTensor_T all = moments.gradients(gradient, input, factor, Workbench.ALL);
    Arena.during(
        () -> {
          Tensor scale = moments.scale(factor.get());
          all.get0().sub_(moments.throughMoments(input, scale, all.get1(), all.get2()));
        });
    return all;
  }
}

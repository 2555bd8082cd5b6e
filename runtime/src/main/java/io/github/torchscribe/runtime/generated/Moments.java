package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.cuda.NotRecorded;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Mean and variance of each channel over a batch of which every rank has a part, and what becomes
 * of gradients on their way back through them. The ranks tell each other once in each direction.
 *
 * <p>Libtorch's own operations for this are those of GPUs. What is done here is the same: with mean
 * and variance known, a norm is one that goes by running statistics; and where x̂ is the normalised
 * x, the gradient of x is what such a norm has, less its mean over the batch, less x̂ times the
 * mean of its product with x̂.
 */
final class Moments {
  private static final TensorOptional NONE = Workbench.NONE;

  private final Buffers buffers;
  private final double eps;
  private final Tensor count;
  private final Tensor mean;
  private final Tensor variance;
  private final TensorOptional known;
  private final TensorOptional knownVariance;

  private Moments(Buffers buffers, double eps, Tensor count, Tensor mean, Tensor variance) {
    this.buffers = buffers;
    this.eps = eps;
    this.count = count;
    this.mean = mean;
    this.variance = variance;
    known = new TensorOptional(mean);
    knownVariance = new TensorOptional(variance);
  }

  /**
   * Measures.
   *
   * @param input the rank's part: (n, C, …)
   * @param buffers know who have the rest
   * @param eps is added to the variance where something is divided by its root
   */
  static Moments of(Tensor input, Buffers buffers, double eps) {
    NotRecorded.unlessDone("a norm over all ranks waits for the others");
    long channels = input.size(1);
    Scalar own = new Scalar((double) input.numel() / channels);
    T_TensorTensor_T found = torch.batch_norm_update_stats(input, NONE, NONE, 0);
    // With 64 bits sums of squares lose nothing that the 32 of x had, however large the mean is.
    torch.ScalarType type = torch.ScalarType.Double;
    Tensor ownMean = found.get0().to(type);
    Tensor ownSquares = found.get1().to(type).add_(ownMean.square());
    Tensor numbers =
        torch.cat(new TensorVector(torch.ones_like(count(ownMean)), ownMean, ownSquares), 0);
    numbers.mul_(own);
    buffers.peers().sum(numbers);
    Tensor count = count(numbers).clone();
    numbers.div_(count);
    Tensor mean = numbers.narrow(0, 1, channels);
    Tensor variance = numbers.narrow(0, 1 + channels, channels).sub(mean.square());
    return new Moments(
        buffers, eps, count, asFloats(mean), asFloats(variance.clamp_min_(new Scalar(0.0))));
  }

  private static Tensor count(Tensor numbers) {
    return numbers.narrow(0, 0, 1);
  }

  private static Tensor asFloats(Tensor numbers) {
    return numbers.to(torch.ScalarType.Float);
  }

  /** Mean of each channel. */
  TensorOptional mean() {
    return known;
  }

  /** Variance of each channel, over the count. */
  TensorOptional variance() {
    return knownVariance;
  }

  /**
   * Takes them into running ones, the variance as that of a sample.
   *
   * @param momentum the weight of the new
   */
  void track(Tensor runningMean, Tensor runningVariance, double momentum) {
    Scalar weight = new Scalar(momentum);
    Tensor ofSample = asFloats(count.div(count.sub(new Scalar(1.0))));
    runningMean.lerp_(mean, weight);
    runningVariance.lerp_(variance.mul(ofSample), weight);
  }

  /**
   * Gradients where mean and variance are taken for constants.
   *
   * @param gradient of what the norm gave
   * @param input what it was given
   * @param weight (C)
   * @param wanted those of input, weight and bias
   */
  T_TensorTensorTensor_T gradients(
      Tensor gradient, Tensor input, TensorOptional weight, BoolPointer wanted) {
    return torch.native_batch_norm_backward(
        gradient, input, weight, known, knownVariance, NONE, NONE, false, eps, wanted);
  }

  /**
   * What has to be taken off the gradient of the input, since mean and variance are none. Each rank
   * has the gradient of its own mean loss, and that of all together is the mean of those, each
   * weighed by what counts in it. A rank in which nothing does has none.
   *
   * @param input what the norm was given
   * @param scale (C), of what the norm gave, by which the gradient has been multiplied
   * @param ofProducts (C): the sum of the gradient of what the norm gave, times x̂
   * @param sum (C): that of the gradient
   */
  Tensor throughMoments(Tensor input, Tensor scale, Tensor ofProducts, Tensor sum) {
    long channels = mean.numel();
    Tensor sums = torch.cat(new TensorVector(ofProducts, sum), 0);
    double weight = buffers.weight();
    if (weight > 0) {
      sums.mul_(new Scalar(weight));
    } else {
      sums.zero_(); // also where they are no numbers
    }
    buffers.peers().sum(sums);
    Tensor means =
        sums.view(2, channels).div_(asFloats(count).mul_(new Scalar(weight))).mul_(scale);
    TensorOptional slope = new TensorOptional(means.select(0, 0));
    TensorOptional offset = new TensorOptional(means.select(0, 1));
    return torch
        .native_batch_norm(input, slope, offset, known, knownVariance, false, 0, eps)
        .get0();
  }

  /** What the norm multiplies by, of weights or none. */
  Tensor scale(Tensor weight) {
    return variance.add(new Scalar(eps)).rsqrt_().mul_(weight);
  }

  /** A weight of 1. */
  Tensor ones() {
    return torch.ones_like(mean);
  }
}

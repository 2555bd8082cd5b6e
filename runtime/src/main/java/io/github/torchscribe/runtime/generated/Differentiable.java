package io.github.torchscribe.runtime.generated;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** Functions that libtorch's autograd can differentiate, where libtorch itself has none in one. */
abstract class Differentiable extends Recurrent {
  private final Map<Integer, Tensor> leaves = new HashMap<>();
  private final SyncedAutograd synced = new SyncedAutograd();

  /**
   * An input whose gradient is asked for.
   *
   * @param which counted from 0
   * @param given the share's rows of it
   * @return the same, a leaf of autograd's graph while training
   */
  protected final Tensor inputLeaf(int which, Tensor given) {
    if (!isTraining()) {
      return given;
    }
    Tensor leaf = given.detach().requires_grad_(true);
    leaves.put(which, leaf);
    return leaf;
  }

  /**
   * The gradient of the share's rows of an input, after the last pass backward.
   *
   * @param which counted from 0
   * @return a tensor of the input's shape
   */
  protected Tensor inputGradient(int which) {
    return leaves.get(which).grad();
  }

  /**
   * Counts a batch, while training.
   *
   * @param input of a layer that counts
   * @param count a single number
   * @return the input
   */
  protected final Tensor counted(Tensor input, Tensor count) {
    // Not the tensor itself: running means lie in the same memory, and autograd keeps those.
    countBatch(count.variable_data());
    return input;
  }

  /** What autograd has thrown, as it was before it went through libtorch. */
  final RuntimeException reason(RuntimeException e) {
    return synced.reason(e);
  }

  /**
   * Batch normalisation over the parts of a batch that all ranks have.
   *
   * @param input (n, C, …)
   * @param weight (C) or none
   * @param bias (C) or none
   * @param runningMean (C)
   * @param runningVariance (C)
   * @param learning whether by statistics of the batch, which go into the running ones
   * @param momentum their weight there
   * @param eps is added to variances
   * @return of the input's shape
   */
  protected final Tensor syncedNorm(
      Tensor input,
      TensorOptional weight,
      TensorOptional bias,
      TensorOptional runningMean,
      TensorOptional runningVariance,
      boolean learning,
      double momentum,
      double eps) {
    return synced.norm(
        buffers(), input, weight, bias, runningMean, runningVariance, learning, momentum, eps);
  }

  /**
   * Local response normalisation.
   *
   * @param input (n, C, …)
   * @param size how many channels are looked at
   * @param alpha the factor of the mean of their squares
   * @param beta the exponent
   * @param k is added
   * @return of the same shape
   */
  protected final Tensor localResponseNorm(
      Tensor input, long size, double alpha, double beta, double k) {
    Tensor squares = input.mul(input).flatten(2, -1);
    Tensor sums = neighbours(input.size(1), size, alpha / size).matmul(squares).view_as(input);
    return input.div(sums.add(new Scalar(k)).pow(new Scalar(beta)));
  }
}

package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Vectors of a table that are taken together. */
abstract class Bagging extends Differentiable {
  private static final long MAX = 2;

  /**
   * A vector for each bag of indices.
   *
   * @param weight the table
   * @param indices (n, L)
   * @param mode 0 for sums, 1 for means, 2 for maxima
   * @param padding an index that does not count; none below 0
   * @return (n, E); 0 where nothing counts
   */
  protected static Tensor bags(Tensor weight, Tensor indices, long mode, long padding) {
    return bagged(weight, indices, mode, padding).get0();
  }

  /**
   * Maxima, and where they were found.
   *
   * @param result (n, E), is filled
   * @param chosen (n, E), is filled with the indices of their vectors
   * @param weight the table
   * @param indices (n, L)
   * @param padding an index that does not count; none below 0
   */
  protected static void bagMaxima(
      Tensor result, Tensor chosen, Tensor weight, Tensor indices, long padding) {
    T_TensorTensorTensorTensor_T maxima = bagged(weight, indices, MAX, padding);
    result.copy_(maxima.get0());
    chosen.copy_(maxima.get3());
    if (padding >= 0) {
      chosen.clamp_min_(new Scalar(0)); // a GPU says −1 where nothing counts: 0, as the processor
    }
  }

  /**
   * What counts in each bag.
   *
   * @param indices (n, L)
   * @param padding the index that does not
   * @return (n, 1), how many there are
   */
  protected static Tensor bagSizes(Tensor indices, long padding) {
    return indices.ne(new Scalar(padding)).sum(new long[] {1}, true, null);
  }

  /**
   * Gives each index its bag's gradient.
   *
   * @param gradient (n, E)
   * @param indices (n, L)
   * @return (n, L, E)
   */
  protected static Tensor toBags(Tensor gradient, Tensor indices) {
    return gradient.unsqueeze(1).expand(indices.size(0), indices.size(1), gradient.size(1));
  }

  private static T_TensorTensorTensorTensor_T bagged(
      Tensor weight, Tensor indices, long mode, long padding) {
    Tensor begins =
        torch.arange(
            new Scalar(0),
            new Scalar(indices.numel()),
            new Scalar(indices.size(1)),
            indices.options());
    LongOptional ignored = padding < 0 ? new LongOptional() : new LongOptional(padding);
    return torch.embedding_bag(
        weight,
        indices.flatten(),
        begins,
        false,
        mode,
        false,
        new TensorOptional(),
        false,
        ignored);
  }
}

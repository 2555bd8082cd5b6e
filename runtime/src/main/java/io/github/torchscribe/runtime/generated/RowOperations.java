package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.torch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * What is computed number by number or row by row between products: by libtorch, divided among the
 * threads of an answer, or without libtorch where it takes longer to be called than to compute.
 */
abstract class RowOperations extends Convolutions {
  private final SmallRows rows = new SmallRows();
  private final RowParts parts = new RowParts();
  private final SmallSums sums = new SmallSums();

  /** Where the last product lies, if it has no number below 0; else 0. */
  private long rectified;

  /**
   * A product's result is of a single row.
   *
   * @param result where it is
   */
  final void note(Tensor result) {
    rows.note(result);
  }

  /**
   * A product ends in its ReLU.
   *
   * @param result where it is
   */
  final void isRectified(Tensor result) {
    rectified = result.data_ptr().address();
  }

  /**
   * libtorch's operation, by its name, without libtorch where it takes longer to be called than to
   * compute.
   *
   * @param result of something, is changed
   * @return the result
   */
  protected final Tensor relu_(Tensor result) {
    if (rectified == 0 || rectified != result.data_ptr().address()) {
      rows.relu(result);
    }
    rectified = 0;
    return result;
  }

  /**
   * libtorch's operation, by its name, divided among the threads that compute an answer.
   *
   * @param result of the same shape
   * @param input is read
   * @return the result
   */
  protected final Tensor gelu_out(Tensor result, Tensor input) {
    parts.compute(helpers(), Rowwise.Operation.GELU, result, input);
    return result;
  }

  /**
   * The same with an approximation.
   *
   * @param result of the same shape
   * @param input is read
   * @param approximate by {@code "tanh"}; libtorch knows no other
   * @return the result
   */
  protected final Tensor gelu_out(Tensor result, Tensor input, String approximate) {
    if (approximate.equals("tanh")) {
      parts.compute(helpers(), Rowwise.Operation.GELU_BY_TANH, result, input);
    } else {
      torch.gelu_out(result, input, approximate);
    }
    return result;
  }

  /**
   * The same of a softmax over the last dimension.
   *
   * @param result of the same shape
   * @param input is read
   * @param dim the last one
   * @return the result
   */
  protected final Tensor softmax_out(Tensor result, Tensor input, long dim) {
    if (dim == -1) {
      parts.compute(helpers(), Rowwise.Operation.SOFTMAX, result, input);
    } else {
      torch.softmax_out(result, input, dim);
    }
    return result;
  }

  /**
   * The same of a layer norm; in a processor's predictions nobody asks for its statistics.
   *
   * @param result of the same shape as the input
   * @param mean gets the means, while training
   * @param rstd gets 1/√(variance + eps), while training
   * @param input is read
   * @param shape of what is normalized, the last dimensions
   * @param weight of that shape, or none
   * @param bias of that shape, or none
   * @param eps is added to variances
   */
  protected final void native_layer_norm_out(
      Tensor result,
      Tensor mean,
      Tensor rstd,
      Tensor input,
      long[] shape,
      TensorOptional weight,
      TensorOptional bias,
      double eps) {
    if (isTraining() || buffers().device().type() != Device.Type.CPU) {
      torch.native_layer_norm_out(result, mean, rstd, input, shape, weight, bias, eps);
      return;
    }
    Rowwise.Operation norm = Rowwise.Operation.layerNorm(shape, weight, bias, eps);
    if (shape.length == 1) {
      parts.compute(helpers(), norm, result, input);
    } else {
      norm.compute(result, input);
    }
  }

  /**
   * libtorch's operation, by its name, without libtorch where it takes longer to be called than to
   * compute.
   *
   * @param result of the same shape; may be the first
   * @param first is read
   * @param second is read
   * @return the result
   */
  protected final Tensor add_out(Tensor result, Tensor first, Tensor second) {
    return !isTraining() && sums.add(result, first, second)
        ? result
        : torch.add_out(result, first, second);
  }

  /**
   * The same with a factor of the second, which is libtorch's.
   *
   * @param result of the same shape
   * @param first is read
   * @param second is read
   * @param factor its factor
   * @return the result
   */
  protected static Tensor add_out(Tensor result, Tensor first, Tensor second, Scalar factor) {
    return torch.add_out(result, first, second, factor);
  }

  /**
   * The same with a number, which is libtorch's.
   *
   * @param result of the same shape
   * @param first is read
   * @param number is added to each
   * @return the result
   */
  protected static Tensor add_out(Tensor result, Tensor first, Scalar number) {
    return torch.add_out(result, first, number);
  }

  /** Who helps with an answer; null where nobody does. */
  final Hands helpers() {
    Hands hands = buffers().hands();
    return !isTraining() && hands.most() > 1 && hands.areSeveral() ? hands : null;
  }

  /** What has been bound so far is gone. */
  public final void forget() {
    rows.clear();
    parts.clear();
    sums.clear();
  }
}

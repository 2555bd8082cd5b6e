package io.github.torchscribe.runtime.cuda;

import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorList;
import org.bytedeco.pytorch.global.torch;

/**
 * Operations of libtorch that do at once what takes others several: where steps are replayed, the
 * time of a small network's is that of its kernels, some microseconds for each. JavaCPP has no
 * methods for them.
 */
public final class FewKernels {
  private FewKernels() {}

  /**
   * A product, what is added, and 0 in place of what is below: max(0, shift + left·right). On a GPU
   * it is one kernel of cuBLASLt where that has one, else libtorch calls two.
   *
   * @param result (m, n)
   * @param shift (n)
   * @param left (m, k)
   * @param right (k, n)
   */
  public static void rectifiedProduct(Tensor result, Tensor shift, Tensor left, Tensor right) {
    IValue one = new IValue(1L);
    Dispatched.call(
        "aten::_addmm_activation",
        "out",
        new IValue(shift),
        new IValue(left),
        new IValue(right),
        one,
        one,
        new IValue(false), // ReLU, not GELU, which would be an approximation there
        new IValue(result));
  }

  /**
   * The gradient through a log-softmax of rows: g − exp(y)·Σ g.
   *
   * @param result (n, C)
   * @param gradient g, of what it gave
   * @param output y, what it gave
   */
  public static void logSoftmaxBackward(Tensor result, Tensor gradient, Tensor output) {
    Dispatched.call(
        "aten::_log_softmax_backward_data",
        "out",
        new IValue(gradient),
        new IValue(output),
        new IValue(1L),
        new IValue(torch.ScalarType.Float),
        new IValue(result));
  }

  /**
   * Copies many tensors.
   *
   * @param to where to
   * @param from of the same shapes, in the same order
   */
  public static void copy(List<Tensor> to, List<Tensor> from) {
    Dispatched.call("aten::_foreach_copy_", "", list(to), list(from), new IValue(false));
  }

  private static IValue list(List<Tensor> tensors) {
    IValue list =
        Dispatched.rows(tensors.get(0).flatten().narrow(0, 0, 0)); // of tensors, and empty
    TensorList same = list.toTensorList();
    tensors.forEach(same::push_back);
    return list;
  }
}

package io.github.torchscribe.runtime.generated;

import static io.github.torchscribe.runtime.generated.WinogradForm.KERNEL;

import io.github.torchscribe.runtime.process.Blas;
import org.bytedeco.pytorch.Tensor;

/** Sums of kernels' rows, by which sums of images' rows are multiplied. */
final class WinogradWeights {
  private WinogradWeights() {}

  /**
   * For a convolution.
   *
   * @param to (seen, 3 · in, out), is written
   * @param weight (out, in, 3, 3)
   */
  static void write(WinogradForm form, Tensor to, Tensor weight) {
    add(form, to, weight.permute(2, 3, 1, 0));
  }

  /**
   * For the gradient of its image, which is a convolution of the result's gradient with kernels
   * turned round.
   *
   * @param to (seen, 3 · out, in), is written
   * @param weight (out, in, 3, 3)
   */
  static void writeTurned(WinogradForm form, Tensor to, Tensor weight) {
    add(form, to, weight.flip(2, 3).permute(2, 3, 0, 1));
  }

  private static void add(WinogradForm form, Tensor to, Tensor rows) {
    Tensor inOrder = rows.contiguous();
    int each = (int) (inOrder.numel() / KERNEL);
    Blas.multiply(
        false,
        false,
        form.seen(),
        each,
        KERNEL,
        1,
        form.ofKernel(),
        KERNEL,
        inOrder.data_ptr_float(),
        each,
        false,
        to.data_ptr_float(),
        each);
  }
}

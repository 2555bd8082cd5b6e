package io.github.torchscribe.runtime.generated;

import static io.github.torchscribe.runtime.generated.WinogradForm.KERNEL;

import io.github.torchscribe.runtime.process.Blas;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Sums of kernels' rows, by which sums of images' rows are multiplied. */
final class WinogradWeights {
  private WinogradWeights() {}

  /**
   * A convolution's.
   *
   * @param kernels (3, 3, in, out), as may be seen
   * @return (seen, 3 · in, out)
   */
  static Tensor of(WinogradForm form, Tensor kernels) {
    long[] shape = {form.seen(), KERNEL * kernels.size(2), kernels.size(3)};
    Tensor sums = torch.empty(shape, kernels.options(), null);
    write(form, sums, kernels);
    return sums;
  }

  /**
   * Writes them.
   *
   * @param to (seen, 3 · in, out)
   * @param kernels (3, 3, in, out), as may be seen
   */
  static void write(WinogradForm form, Tensor to, Tensor kernels) {
    Tensor rows = kernels.contiguous();
    int each = (int) (rows.numel() / KERNEL);
    Blas.multiply(
        false,
        false,
        form.seen(),
        each,
        KERNEL,
        1,
        form.ofKernel(),
        KERNEL,
        rows.data_ptr_float(),
        each,
        false,
        to.data_ptr_float(),
        each);
  }
}

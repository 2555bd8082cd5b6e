package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.torch.Device;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * How convolutions are computed: by libtorch, by Winograd's way where that is faster ({@link
 * WinogradBatch}), and in a prediction of a single image as is best for that.
 */
abstract class Convolutions extends Views {
  /**
   * A convolution whose result stays where libtorch has put it while training; elsewhere it has a
   * place of its own.
   *
   * @param result (n, out, …), becomes what is computed, or gets it
   * @param image (n, in, …)
   * @param weight (out, in / groups, …)
   * @param bias (out), or none
   * @param stride of a window
   * @param padding on each side
   * @param dilation the distance between a window's elements
   * @param transposed whether it is the other way about
   * @param outputPadding of a transposed one
   * @param groups of channels
   */
  protected final void convolve(
      Tensor result,
      Tensor image,
      Tensor weight,
      TensorOptional bias,
      long[] stride,
      long[] padding,
      long[] dilation,
      boolean transposed,
      long[] outputPadding,
      long groups) {
    if (!takesWhatComes()) {
      convolution_out(
          result,
          image,
          weight,
          bias,
          stride,
          padding,
          dilation,
          transposed,
          outputPadding,
          groups);
      return;
    }
    try (Tensor computed =
            isWinograds(image, weight, stride, padding, dilation, transposed, groups)
                ? batch().convolution(image, weight, given(bias), padding)
                : torch.convolution(
                    image,
                    weight,
                    bias,
                    stride,
                    padding,
                    dilation,
                    transposed,
                    outputPadding,
                    groups);
        Tensor inOrder = computed.contiguous(image.suggest_memory_format())) { // as it mostly is
      result.set_(inOrder);
    }
  }

  private WinogradBatch batch() {
    return new WinogradBatch(buffers().hands());
  }

  private static Tensor given(TensorOptional bias) {
    return bias.has_value() ? bias.get() : null;
  }

  /**
   * Whether a convolution of a batch goes Winograd's way, as do its gradients. What may be recorded
   * goes a GPU's way, on the processor, too.
   */
  private boolean isWinograds(
      Tensor image,
      Tensor weight,
      long[] stride,
      long[] padding,
      long[] dilation,
      boolean transposed,
      long groups) {
    return !buffers().areRecorded()
        && isDense(stride, dilation, transposed, groups)
        && WinogradBatch.suits(image, weight, padding);
  }

  private static boolean isDense(long[] stride, long[] dilation, boolean transposed, long groups) {
    return stride.length == 2
        && stride[0] * stride[1] * dilation[0] * dilation[1] * groups == 1
        && !transposed;
  }

  /**
   * libtorch's operation, by its name: what generated code calls so is this.
   *
   * @param result (n, out, …), gets what is computed
   * @param image (n, in, …)
   * @param weight (out, in / groups, …)
   * @param bias (out), or none
   * @param stride of a window
   * @param padding on each side
   * @param dilation the distance between a window's elements
   * @param transposed whether it is the other way about
   * @param outputPadding of a transposed one
   * @param groups of channels
   * @return the result
   */
  protected final Tensor convolution_out(
      Tensor result,
      Tensor image,
      Tensor weight,
      TensorOptional bias,
      long[] stride,
      long[] padding,
      long[] dilation,
      boolean transposed,
      long[] outputPadding,
      long groups) {
    if (isWinograds(image, weight, stride, padding, dilation, transposed, groups)
        && ChannelsLast.isDense(result)) {
      batch().convolve(result, image, weight, given(bias), padding);
      return result;
    }
    return torch.convolution_out(
        result, image, weight, bias, stride, padding, dilation, transposed, outputPadding, groups);
  }

  /**
   * libtorch's operation, by its name: the gradients of image, weight and bias.
   *
   * @param gradient of the result: (n, out, …)
   * @param image (n, in, …)
   * @param weight (out, in / groups, …)
   * @param biasSizes (out)
   * @param stride of a window
   * @param padding on each side
   * @param dilation the distance between a window's elements
   * @param transposed whether it is the other way about
   * @param outputPadding of a transposed one
   * @param groups of channels
   * @param wanted which of the three
   * @return the three; there is nothing in what is not wanted
   */
  protected final T_TensorTensorTensor_T convolution_backward(
      Tensor gradient,
      Tensor image,
      Tensor weight,
      long[] biasSizes,
      long[] stride,
      long[] padding,
      long[] dilation,
      boolean transposed,
      long[] outputPadding,
      long groups,
      BoolPointer wanted) {
    if (isWinograds(image, weight, stride, padding, dilation, transposed, groups)
        && ChannelsLast.isDense(gradient)) {
      return batch().gradients(gradient, image, weight, padding, wanted);
    }
    return torch.convolution_backward(
        gradient,
        image,
        weight,
        biasSizes,
        stride,
        padding,
        dilation,
        transposed,
        outputPadding,
        groups,
        wanted);
  }

  /**
   * A convolution of a single image in a prediction, channels last, where more is known of it than
   * of others.
   *
   * @param to (n, out, h, w)
   * @param from (n, in, H, W)
   * @param weight (out, in / groups, kh, kw)
   * @param bias (out), or none
   * @param stride of a window, in both directions
   * @param padding on each side
   * @param dilation the distance between a window's elements
   * @param groups of channels
   * @return null where it is better computed as any other
   */
  protected final Prepared image(
      Tensor to,
      Tensor from,
      Tensor weight,
      TensorOptional bias,
      long[] stride,
      long[] padding,
      long[] dilation,
      long groups) {
    if (n != 1 || isTraining() || buffers().device().type() != Device.Type.CPU) {
      return null;
    }
    boolean isPlain = padding[0] + padding[1] == 0 && dilation[0] * dilation[1] * groups == 1;
    Tensor shift = given(bias);
    Prepared small = Unfolded.of(to, from, weight, shift, stride, isPlain);
    if (small != null) {
      return small;
    }
    Hands hands = buffers().hands();
    WeightCopies copies = buffers().weights().copies();
    Prepared fewer =
        isDense(stride, dilation, false, groups)
            ? Winograd.of(hands, copies, to, from, weight, shift, padding)
            : null;
    return fewer != null
        ? fewer
        : Bands.of(hands, to, from, weight, bias, stride, padding, dilation, groups);
  }
}

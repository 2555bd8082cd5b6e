package io.github.torchscribe.runtime.generated;

import static io.github.torchscribe.runtime.generated.WinogradForm.KERNEL;
import static io.github.torchscribe.runtime.generated.WinogradForm.OF_FOUR;

import io.github.torchscribe.runtime.process.Pools;
import io.github.torchscribe.runtime.torch.Arena;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * 3 × 3 convolutions of several images on one thread, and their gradients, by Winograd's F(4, 3)
 * from row to row: half of the multiplications, for some rows at a time, which stay in the cache.
 * The gradient of an image is a convolution, too, of the result's gradient with kernels turned
 * round. Sums of kernels' rows are made anew each time, as weights change with each step; and all
 * memory is given back at once, so that what comes next finds it in the cache.
 */
final class WinogradBatch {
  /** Fewer channels make sums that are too short. */
  private static final long FEWEST_CHANNELS = 16;

  /** With fewer places of a batch too much of the time goes into sums of weights. */
  private static final long FEWEST_PLACES = 1_500;

  /** Sums of so many weights stay in the cache. */
  private static final long MOST_WEIGHTS = 600_000;

  private WinogradBatch() {}

  /**
   * Whether it is faster than libtorch's.
   *
   * @param image (n, in, H, W)
   * @param weight (out, in, kh, kw)
   * @param padding on each side
   */
  static boolean suits(Tensor image, Tensor weight, long... padding) {
    return WinogradSizes.suits(weight, padding)
        && Math.min(weight.size(0), weight.size(1)) >= FEWEST_CHANNELS
        && weight.numel() <= MOST_WEIGHTS
        && image.size(0) * image.size(2) * image.size(3) >= FEWEST_PLACES
        && isFloat(image)
        && isFloat(weight)
        && Pools.libtorch() == 1
        && SmallOrWhole.mayBe(image)
        && ChannelsLast.isDense(image);
  }

  private static boolean isFloat(Tensor numbers) {
    return numbers.scalar_type().intern() == torch.ScalarType.Float;
  }

  /** A convolution: (n, out, h, w). */
  static Tensor convolution(Tensor image, Tensor weight, Tensor bias, long... padding) {
    WinogradSizes sizes = WinogradSizes.of(OF_FOUR, image, weight.size(0), padding);
    Tensor result = images(image, sizes.rows(), sizes.columns(), sizes.out());
    convolve(result, image, weight, bias, padding);
    return result;
  }

  /** Images like others, whose channels lie last. */
  private static Tensor images(Tensor like, long height, long width, long channels) {
    try (TensorOptions options = like.options();
        Tensor all =
            torch.empty(new long[] {like.size(0), height, width, channels}, options, null)) {
      return ChannelsLast.seen(all);
    }
  }

  /**
   * A convolution.
   *
   * @param result (n, out, h, w), is written
   * @param image (n, in, H, W)
   * @param weight (out, in, 3, 3)
   * @param bias (out), or null
   * @param padding on each side
   */
  static void convolve(Tensor result, Tensor image, Tensor weight, Tensor bias, long... padding) {
    Arena.during(
        () -> {
          WinogradSizes sizes = WinogradSizes.of(OF_FOUR, image, weight.size(0), padding);
          Tensor factors = factors(sizes, weight);
          WinogradWeights.write(OF_FOUR, factors, weight);
          new WinogradRows(sizes, 0, sizes.groups()).convolve(image, factors, bias, result);
        });
  }

  private static Tensor factors(WinogradSizes sizes, Tensor weight) {
    long[] shape = {OF_FOUR.seen(), KERNEL * (long) sizes.in(), sizes.out()};
    return torch.empty(shape, weight.options(), null);
  }

  /**
   * The gradients of image, weight and bias.
   *
   * @param gradient of the result: (n, out, h, w)
   * @param image (n, in, H, W)
   * @param weight (out, in, 3, 3)
   * @param padding on each side
   * @param wanted which of the three
   */
  static T_TensorTensorTensor_T gradients(
      Tensor gradient, Tensor image, Tensor weight, long[] padding, BoolPointer wanted) {
    try (Tensor ofImage = wanted.get(0) ? ofImage(gradient, image, weight, padding) : new Tensor();
        Tensor ofWeight = wanted.get(1) ? ofWeight(gradient, image, padding) : new Tensor();
        Tensor ofBias = wanted.get(2) ? torch.sum(gradient, 0, 2, 3) : new Tensor()) {
      return new T_TensorTensorTensor_T(ofImage, ofWeight, ofBias);
    }
  }

  private static Tensor ofImage(Tensor gradient, Tensor image, Tensor weight, long... padding) {
    Tensor result = images(image, image.size(2), image.size(3), image.size(1));
    long above = WinogradSizes.MOST_ZEROS - padding[0];
    long beside = WinogradSizes.MOST_ZEROS - padding[1];
    Arena.during(
        () -> {
          WinogradSizes sizes = WinogradSizes.of(OF_FOUR, gradient, weight.size(1), above, beside);
          Tensor factors = factors(sizes, weight);
          WinogradWeights.writeTurned(OF_FOUR, factors, weight);
          new WinogradRows(sizes, 0, sizes.groups()).convolve(gradient, factors, null, result);
        });
    return result;
  }

  private static Tensor ofWeight(Tensor gradient, Tensor image, long... padding) {
    WinogradSizes sizes = WinogradSizes.of(OF_FOUR, image, gradient.size(1), padding);
    try (Tensor rows =
        torch.empty(new long[] {KERNEL, KERNEL, sizes.in(), sizes.out()}, image.options(), null)) {
      Arena.during(() -> new WinogradGradient(sizes).write(rows, image, gradient));
      return rows.permute(3, 2, 0, 1);
    }
  }
}

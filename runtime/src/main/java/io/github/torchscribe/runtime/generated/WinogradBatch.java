package io.github.torchscribe.runtime.generated;

import static io.github.torchscribe.runtime.generated.WinogradForm.KERNEL;
import static io.github.torchscribe.runtime.generated.WinogradForm.OF_FOUR;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import io.github.torchscribe.runtime.torch.Arena;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * 3 × 3 convolutions of several images, and their gradients, by Winograd's F(4, 3) from row to row:
 * half of the multiplications, for some rows at a time, which stay in the cache. The gradient of an
 * image is a convolution, too, of the result's gradient with kernels turned round. Sums of kernels'
 * rows are made anew each time, as weights change with each step; and all memory is given back at
 * once, so that what comes next finds it in the cache.
 *
 * <p>Where an operation has libtorch's threads, helpers compute parts in their place ({@link
 * Hands}). How many parts there are depends on how many threads there would be, not on who is free.
 */
final class WinogradBatch {
  /** Fewer channels make sums that are too short. */
  private static final long FEWEST_CHANNELS = 16;

  /** With fewer places of a batch too much of the time goes into sums of weights. */
  private static final long FEWEST_PLACES = 1_500;

  /** Sums of so many weights stay in the cache. */
  private static final long MOST_WEIGHTS = 600_000;

  /** So many parts for each thread: one may come late, and then computes fewer. */
  private static final int PARTS = 2;

  private final Hands hands;

  WinogradBatch(Hands hands) {
    this.hands = hands;
  }

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
        && SmallOrWhole.mayBe(image)
        && ChannelsLast.isDense(image);
  }

  private static boolean isFloat(Tensor numbers) {
    return numbers.scalar_type().intern() == torch.ScalarType.Float;
  }

  /** A convolution: (n, out, h, w). */
  Tensor convolution(Tensor image, Tensor weight, Tensor bias, long... padding) {
    WinogradSizes sizes = WinogradSizes.of(OF_FOUR, image, weight.size(0), padding);
    Tensor result = images(image, sizes.rows(), sizes.columns(), sizes.out());
    convolve(result, image, weight, bias, padding);
    return result;
  }

  /** Images like others, whose channels lie last. */
  private static Tensor images(Tensor like, long height, long width, long channels) {
    long[] shape = {like.size(0), height, width, channels};
    try (TensorOptions options = like.options();
        Tensor all = torch.empty(shape, options, null)) {
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
  void convolve(Tensor result, Tensor image, Tensor weight, Tensor bias, long... padding) {
    WinogradSizes sizes = WinogradSizes.of(OF_FOUR, image, weight.size(0), padding);
    try (Tensor kernels = weight.permute(2, 3, 1, 0)) {
      convolve(sizes, result, image, kernels, bias);
    }
  }

  private void convolve(
      WinogradSizes sizes, Tensor result, Tensor image, Tensor kernels, Tensor bias) {
    divide(
        sizes,
        parts -> {
          Tensor factors = WinogradWeights.of(OF_FOUR, kernels);
          hands.divide(
              parts,
              number ->
                  Arena.during(
                      () ->
                          WinogradRows.of(sizes, number, parts)
                              .convolve(image, factors, bias, result)));
        });
  }

  /** Computes in so many parts, for each of which libtorch has one thread. */
  private static void divide(WinogradSizes sizes, IntConsumer computation) {
    int threads = Pools.libtorch(1);
    int parts = threads == 1 ? 1 : Math.min(sizes.groups(), PARTS * threads);
    try {
      Arena.during(() -> computation.accept(parts));
    } finally {
      Pools.libtorch(threads);
    }
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
  T_TensorTensorTensor_T gradients(
      Tensor gradient, Tensor image, Tensor weight, long[] padding, BoolPointer wanted) {
    try (Tensor ofImage = wanted.get(0) ? ofImage(gradient, image, weight, padding) : new Tensor();
        Tensor ofWeight = wanted.get(1) ? ofWeight(gradient, image, padding) : new Tensor();
        Tensor ofBias = wanted.get(2) ? torch.sum(gradient, 0, 2, 3) : new Tensor()) {
      return new T_TensorTensorTensor_T(ofImage, ofWeight, ofBias);
    }
  }

  private Tensor ofImage(Tensor gradient, Tensor image, Tensor weight, long... padding) {
    Tensor result = images(image, image.size(2), image.size(3), image.size(1));
    long above = WinogradSizes.MOST_ZEROS - padding[0];
    long beside = WinogradSizes.MOST_ZEROS - padding[1];
    WinogradSizes sizes = WinogradSizes.of(OF_FOUR, gradient, image.size(1), above, beside);
    try (Tensor turned = weight.flip(2, 3);
        Tensor kernels = turned.permute(2, 3, 0, 1)) {
      convolve(sizes, result, gradient, kernels, null);
    }
    return result;
  }

  private Tensor ofWeight(Tensor gradient, Tensor image, long... padding) {
    WinogradSizes sizes = WinogradSizes.of(OF_FOUR, image, gradient.size(1), padding);
    long[] shape = {KERNEL, KERNEL, sizes.in(), sizes.out()};
    try (TensorOptions options = image.options();
        Tensor rows = torch.empty(shape, options, null)) {
      divide(
          sizes,
          parts -> {
            Tensor[] all = new Tensor[parts];
            all[0] = rows;
            for (int i = 1; i < parts; i++) {
              all[i] = torch.empty_like(rows);
            }
            hands.divide(
                parts,
                number ->
                    Arena.during(
                        () ->
                            WinogradGradient.of(sizes, number, parts)
                                .write(all[number], image, gradient)));
            for (int i = 1; i < parts; i++) {
              rows.add_(all[i]);
            }
          });
      return rows.permute(3, 2, 0, 1);
    }
  }
}

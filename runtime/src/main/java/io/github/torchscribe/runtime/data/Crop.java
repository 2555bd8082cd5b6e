package io.github.torchscribe.runtime.data;

import java.util.Locale;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Cuts a piece out of each image.
 *
 * @param height of the piece
 * @param width of the piece
 * @param padding zeros that are put on each side before
 * @param anywhere at a random place, else in the middle
 */
record Crop(long height, long width, long padding, boolean anywhere) implements Transform {
  @Override
  public boolean isFixed() {
    return !anywhere;
  }

  @Override
  public boolean isForAnyDevice() {
    return true;
  }

  @Override
  public long[] shape(long... example) {
    Transforms.requireImage(example);
    if (height < 1
        || width < 1
        || height > example[1] + 2 * padding
        || width > example[2] + 2 * padding) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "no piece of %d × %d can be cut out of an image of %d × %d with %d zeros around",
              height,
              width,
              example[1],
              example[2],
              padding));
    }
    return new long[] {example[0], height, width};
  }

  @Override
  public Tensor apply(Tensor images, RandomGenerator random) {
    Tensor padded =
        padding == 0
            ? images
            : torch.constant_pad_nd(images, new long[] {padding, padding, padding, padding});
    long top = padded.size(2) - height;
    long left = padded.size(3) - width;
    if (!anywhere) {
      return padded.narrow(2, middle(top), height).narrow(3, middle(left), width);
    }
    int n = (int) images.size(0);
    long[] tops = new long[n];
    long[] lefts = new long[n];
    for (int i = 0; i < n; i++) {
      tops[i] = random.nextLong(top + 1);
      lefts[i] = random.nextLong(left + 1);
    }
    return images.is_cuda() ? atOnce(padded, tops, lefts) : oneByOne(padded, tops, lefts);
  }

  /** Half of what is left over; of two rows in the middle the even one, as Python rounds. */
  private static long middle(long left) {
    return (long) Math.rint(left / 2.0);
  }

  /** The processor copies whole rows. */
  Tensor oneByOne(Tensor padded, long[] tops, long... lefts) {
    Tensor result = torch.empty(padded.size(0), padded.size(1), height, width);
    for (int i = 0; i < tops.length; i++) {
      Tensor piece = padded.select(0, i).narrow(1, tops[i], height).narrow(2, lefts[i], width);
      result.select(0, i).copy_(piece);
    }
    return result;
  }

  /** A GPU, to which each operation is a message, takes all numbers by where they are. */
  Tensor atOnce(Tensor padded, long[] tops, long... lefts) {
    long n = padded.size(0);
    long channels = padded.size(1);
    long across = padded.size(3);
    long[] firsts = new long[tops.length];
    for (int i = 0; i < firsts.length; i++) {
      firsts[i] = tops[i] * across + lefts[i];
    }
    TensorOptions longs =
        new TensorOptions(padded.device())
            .dtype(new org.bytedeco.pytorch.ScalarTypeOptional(torch.ScalarType.Long));
    Tensor rows = torch.arange(new Scalar(height), longs).mul_(new Scalar(across)).unsqueeze(1);
    Tensor piece = rows.add(torch.arange(new Scalar(width), longs)).view(1, 1, -1);
    Tensor places = Transforms.beside(padded, torch.tensor(firsts)).view(n, 1, 1).add(piece);
    return padded
        .reshape(n, channels, -1)
        .gather(2, places.expand(n, channels, -1))
        .view(n, channels, height, width);
  }
}

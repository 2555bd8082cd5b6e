package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Shapes;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Transforms of images, (C, H, W), as {@code torchvision.transforms} has them; {@link #normalize}
 * and {@link #standardize} are for examples of any shape.
 */
public final class Transforms {
  private Transforms() {}

  /**
   * y = (x − mean) / std for each channel, {@code Normalize}.
   *
   * @param mean a number for each channel, the first dimension of an example
   * @param std a number above 0 for each channel
   * @return a transform
   */
  public static Transform normalize(double[] mean, double[] std) {
    if (mean.length != std.length) {
      throw new IllegalArgumentException(
          "there are " + mean.length + " means and " + std.length + " deviations; give as many");
    }
    for (double deviation : std) {
      if (!(deviation > 0)) {
        throw new IllegalArgumentException("a deviation must be above 0 but is " + deviation);
      }
    }
    return new Normalize(mean.clone(), std.clone());
  }

  /**
   * Normalises by what is measured on data: each channel of those, the first dimension of an
   * example, has mean 0 and standard deviation 1 afterwards. Measure on what is trained with, and
   * use the same transform for what is tested with.
   *
   * @param data is gone through once
   * @return a transform; a channel that is everywhere the same becomes 0
   */
  public static Transform standardize(Dataset data) {
    data.inputs(); // says so where there are several parts
    return standardize(data, data.inputSpecs().names().get(0));
  }

  /**
   * The same for one of several parts of examples.
   *
   * @param data is gone through once
   * @param input the part's name, for {@link Transformed}, too
   * @return a transform; a channel that is everywhere the same becomes 0
   * @throws IllegalArgumentException when no part is called so
   */
  public static Transform standardize(Dataset data, String input) {
    int channels = (int) data.inputSpecs().get(input).shape()[0];
    double[] sum = new double[channels];
    double[] squares = new double[channels];
    double count = 0;
    try (DataLoader loader = DataLoader.sequential(data, 1000, null, Device.cpu())) {
      for (Batch batch : loader) {
        PointerScope scope = new PointerScope();
        try {
          Tensor byChannel =
              batch.input(input).transpose(0, 1).reshape(channels, -1).to(torch.ScalarType.Double);
          Tensor squared = byChannel.square();
          for (int c = 0; c < channels; c++) {
            sum[c] += byChannel.select(0, c).sum().item_double();
            squares[c] += squared.select(0, c).sum().item_double();
          }
          count += byChannel.size(1);
        } finally {
          scope.close();
        }
      }
    }
    double[] std = new double[channels];
    for (int c = 0; c < channels; c++) {
      sum[c] /= count;
      double variance = squares[c] / count - sum[c] * sum[c];
      // What rounding leaves of nothing is no deviation.
      std[c] = variance > 1e-12 * (squares[c] / count) ? Math.sqrt(variance) : 1;
    }
    return new Normalize(sum, std);
  }

  /**
   * A piece of each image at a random place, {@code RandomCrop}.
   *
   * @param height of the piece
   * @param width of the piece
   * @param padding zeros that are put on each side before
   * @return a transform
   */
  public static Transform randomCrop(long height, long width, long padding) {
    return new Crop(height, width, padding, true);
  }

  /**
   * The middle of each image, {@code CenterCrop}.
   *
   * @param height of the middle
   * @param width of the middle
   * @return a transform
   */
  public static Transform centerCrop(long height, long width) {
    return new Crop(height, width, 0, false);
  }

  /**
   * Mirrors an image, left to right, now and then: {@code RandomHorizontalFlip}.
   *
   * @param probability from 0 to 1
   * @return a transform
   */
  public static Transform randomHorizontalFlip(double probability) {
    return flip(probability, -1);
  }

  /**
   * Mirrors an image, top to bottom, now and then: {@code RandomVerticalFlip}.
   *
   * @param probability from 0 to 1
   * @return a transform
   */
  public static Transform randomVerticalFlip(double probability) {
    return flip(probability, -2);
  }

  private static Transform flip(double probability, long dimension) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability must be from 0 to 1 but is " + probability);
    }
    return new Flip(probability, dimension);
  }

  /**
   * Rotates each image around its middle, {@code RandomRotation} with bilinear interpolation; what
   * comes in from outside is 0.
   *
   * @param degrees by how much at most, in either direction
   * @return a transform
   */
  public static Transform randomRotation(double degrees) {
    return new Rotation(degrees);
  }

  private record Normalize(double[] mean, double[] std) implements Transform {
    @Override
    public boolean isFixed() {
      return true;
    }

    @Override
    public boolean isForAnyDevice() {
      return true;
    }

    @Override
    public long[] shape(long... example) {
      if (example.length == 0 || example[0] != mean.length) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "there are %d means, but an example has the shape %s",
                mean.length,
                Shapes.batchOf(example)));
      }
      return example;
    }

    @Override
    public Tensor apply(Tensor inputs, RandomGenerator random) {
      long[] along = new long[(int) inputs.dim()];
      Arrays.fill(along, 1);
      along[1] = mean.length;
      Tensor means = beside(inputs, torch.tensor(floats(mean)).view(along));
      Tensor deviations = beside(inputs, torch.tensor(floats(std)).view(along));
      return inputs.sub_(means).div_(deviations);
    }
  }

  /** The same where others are, for whoever computes with both. */
  static Tensor beside(Tensor others, Tensor tensor) {
    return others.is_cuda() ? tensor.to(others.device(), tensor.scalar_type()) : tensor;
  }

  private static float[] floats(double... numbers) {
    float[] result = new float[numbers.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) numbers[i];
    }
    return result;
  }

  private record Rotation(double degrees) implements Transform {
    private static final int BILINEAR = 0;
    private static final int ZEROS = 0;

    private Rotation {
      if (!(degrees >= 0 && degrees <= 180)) {
        throw new IllegalArgumentException(
            "images are rotated by 0 to 180 degrees, but not by " + degrees);
      }
    }

    @Override
    public long[] shape(long... example) {
      requireImage(example);
      return example;
    }

    /** Places are measured from −1 to 1 along both sides, so that a turn has to be stretched. */
    @Override
    public Tensor apply(Tensor images, RandomGenerator random) {
      int n = (int) images.size(0);
      float stretch = (float) images.size(2) / images.size(3);
      float[] maps = new float[6 * n];
      for (int i = 0; i < n; i++) {
        double angle = Math.toRadians((2 * random.nextDouble() - 1) * degrees);
        maps[6 * i] = (float) Math.cos(angle);
        maps[6 * i + 1] = (float) -Math.sin(angle) * stretch;
        maps[6 * i + 3] = (float) Math.sin(angle) / stretch;
        maps[6 * i + 4] = (float) Math.cos(angle);
      }
      Tensor grid =
          torch.affine_grid_generator(torch.tensor(maps).view(n, 2, 3), Shapes.of(images), false);
      return torch.grid_sampler(images, grid, BILINEAR, ZEROS, false);
    }
  }

  static void requireImage(long... example) {
    if (example.length != 3) {
      throw new IllegalArgumentException(
          "an image is (C, H, W), but an example has the shape " + Shapes.batchOf(example));
    }
  }
}

package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Pixels, channel by channel, as in a tensor (C, H, W); 1 or 3 channels. Values are from 0 to 1,
 * or, where one is larger than 1, from 0 to 255.
 */
public final class Picture {
  private static final int FRAME = 2;
  private static final float[] RED = {0.85f, 0.1f, 0.1f};

  private final int channels;
  private final int height;
  private final int width;
  private final float[] pixels;

  /** Whether values are from 0 to 255, however small they are. */
  private final boolean areBytes;

  private Picture(int channels, int height, int width, float[] pixels) {
    this(channels, height, width, pixels, false);
  }

  private Picture(int channels, int height, int width, float[] pixels, boolean areBytes) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.pixels = pixels;
    this.areBytes = areBytes;
  }

  /**
   * An image.
   *
   * @param tensor (H, W), (1, H, W) or (3, H, W)
   * @return its pixels
   */
  public static Picture of(Tensor tensor) {
    return of(tensor, false);
  }

  /**
   * An image as TensorBoard's writers take it: bytes as they are, and of other numbers those from 0
   * to 1; what is less or more is drawn as 0 and 1, what is no number as 0.
   *
   * @param tensor (H, W), (1, H, W) or (3, H, W)
   * @return its pixels
   */
  public static Picture clipped(Tensor tensor) {
    PointerScope scope = new PointerScope();
    try {
      boolean areBytes = tensor.scalar_type().intern() == torch.ScalarType.Byte;
      Tensor all = tensor.detach().to(torch.ScalarType.Float);
      return of(
          areBytes
              ? all
              : torch
                  .nan_to_num(all)
                  .mul_(new Scalar(255.0))
                  .clamp_(
                      new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(255.0))),
          true);
    } finally {
      scope.close();
    }
  }

  private static Picture of(Tensor tensor, boolean areBytes) {
    long[] shape = Shapes.of(tensor);
    int rank = shape.length;
    boolean fits = rank == 2 || (rank == 3 && (shape[0] == 1 || shape[0] == 3));
    if (!fits || tensor.numel() == 0) {
      throw new IllegalArgumentException(
          "an image is a tensor (H, W), (1, H, W) or (3, H, W), but this is "
              + Shapes.describe(tensor));
    }
    int channels = rank == 2 ? 1 : (int) shape[0];
    return new Picture(
        channels, (int) shape[rank - 2], (int) shape[rank - 1], floats(tensor), areBytes);
  }

  /**
   * Several of the same size, row by row, with white between.
   *
   * @param tensor (N, C, H, W)
   * @param perRow at most so many beside each other
   * @param padding around each, in pixels
   * @return all of them
   */
  public static Picture grid(Tensor tensor, int perRow, int padding) {
    return grid(tensor, perRow, padding, new int[0]);
  }

  /**
   * Several of the same size, row by row, with white between, and some in a red frame.
   *
   * @param tensor (N, C, H, W)
   * @param perRow at most so many beside each other
   * @param padding around each, in pixels; at least 3 where any has a frame
   * @param framed which ones, counted from 0
   * @return all of them
   */
  public static Picture grid(Tensor tensor, int perRow, int padding, int... framed) {
    long[] shape = Shapes.of(tensor);
    if (shape.length != 4 || tensor.numel() == 0 || (shape[1] != 1 && shape[1] != 3)) {
      throw new IllegalArgumentException(
          "images are a tensor (N, 1, H, W) or (N, 3, H, W), but this is "
              + Shapes.describe(tensor));
    }
    if (perRow < 1 || padding < 1) {
      throw new IllegalArgumentException(
          "nrow and padding must be at least 1 but are " + perRow + " and " + padding);
    }
    int count = (int) shape[0];
    int columns = Math.min(perRow, count);
    int rows = (count + columns - 1) / columns;
    int cellHeight = (int) shape[2] + 2 * padding;
    int cellWidth = (int) shape[3] + 2 * padding;
    int channels = framed.length > 0 ? 3 : (int) shape[1];
    float[] grid = new float[channels * rows * cellHeight * columns * cellWidth];
    Arrays.fill(grid, 1);
    Picture result = new Picture(channels, rows * cellHeight, columns * cellWidth, grid);
    for (int i : framed) {
      int top = i / columns * cellHeight + padding + 1 - FRAME;
      int left = i % columns * cellWidth + padding + 1 - FRAME;
      result.fill(top, left, (int) shape[2] + 2 * FRAME, (int) shape[3] + 2 * FRAME, RED);
    }
    float[] source = floats(tensor);
    int size = (int) (shape[1] * shape[2] * shape[3]);
    for (int i = 0; i < count; i++) {
      // One pixel further than the padding says, as the Python client has it.
      int top = i / columns * cellHeight + padding + 1;
      int left = i % columns * cellWidth + padding + 1;
      result.paste(source, i * size, (int) shape[1], (int) shape[2], (int) shape[3], top, left);
    }
    return result;
  }

  private void fill(int top, int left, int rows, int columns, float[] colour) {
    for (int c = 0; c < channels; c++) {
      for (int y = top; y < top + rows; y++) {
        int from = (c * height + y) * width + left;
        Arrays.fill(pixels, from, from + columns, colour[c]);
      }
    }
  }

  /** Copies an image; one channel goes into all there are. */
  private void paste(
      float[] source, int offset, int planes, int rows, int columns, int top, int left) {
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < rows; y++) {
        int from = offset + (c % planes * rows + y) * columns;
        System.arraycopy(source, from, pixels, (c * height + top + y) * width + left, columns);
      }
    }
  }

  /**
   * Stretches values so that they fill the range from 0 to 1, as data do not that were normalised.
   * What is no number becomes 0.
   *
   * @param images any
   * @return a new tensor of the same shape; the caller's scope owns it
   */
  public static Tensor stretched(Tensor images) {
    Tensor finite = torch.nan_to_num(images.detach());
    Tensor low = finite.min();
    Tensor range = finite.max().sub(low);
    return range.item_double() > 0 ? finite.sub(low).div(range) : torch.zeros_like(finite);
  }

  /**
   * Whether a shape is one of images.
   *
   * @param input what the network takes
   * @return true for (1, H, W) and (3, H, W)
   */
  public static boolean isOne(TensorSpec input) {
    long[] example = input.shape();
    return !input.areIndices() && example.length == 3 && (example[0] == 1 || example[0] == 3);
  }

  /**
   * Which part of an example is an image.
   *
   * @param inputs what the parts are
   * @return its place; empty where none is, or several are
   */
  public static OptionalInt among(TensorSpecs inputs) {
    int[] all = IntStream.range(0, inputs.size()).filter(i -> isOne(inputs.get(i))).toArray();
    return all.length == 1 ? OptionalInt.of(all[0]) : OptionalInt.empty();
  }

  /**
   * The width.
   *
   * @return in pixels
   */
  public int width() {
    return width;
  }

  /**
   * The height.
   *
   * @return in pixels
   */
  public int height() {
    return height;
  }

  /**
   * The picture for a web page.
   *
   * @return a PNG in a data URL
   */
  public String dataUrl() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png());
  }

  /**
   * The picture as a file.
   *
   * @return a PNG, three bytes a pixel
   */
  public byte[] png() {
    float scale = largest() <= 1 && !areBytes ? 255 : 1;
    int plane = channels == 1 ? 0 : height * width;
    byte[] rgb = new byte[3 * height * width];
    for (int i = 0; i < height * width; i++) {
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = (byte) (pixels[i + c * plane] * scale);
      }
    }
    return Png.of(width, height, rgb);
  }

  private float largest() {
    float largest = 0;
    for (float pixel : pixels) {
      if (!(pixel >= 0 && pixel <= 255)) {
        throw new IllegalArgumentException(
            "an image's values are from 0 to 1, or from 0 to 255, but one is " + pixel);
      }
      largest = Math.max(largest, pixel);
    }
    return largest;
  }

  private static float[] floats(Tensor tensor) {
    PointerScope scope = new PointerScope();
    try {
      Tensor cpu = tensor.detach().cpu().to(torch.ScalarType.Float).contiguous();
      float[] values = new float[(int) cpu.numel()];
      cpu.data_ptr_float().get(values);
      return values;
    } finally {
      scope.close();
    }
  }
}

package io.github.torchscribe.tensorboard;

import io.github.torchscribe.runtime.data.Picture;
import io.github.torchscribe.runtime.torch.Shapes;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What is read of tensors, wherever they are. */
final class Numbers {
  private static final int PER_ROW = 8;
  private static final int PIECE = 1 << 16;

  private Numbers() {}

  /** How a tensor's numbers are spread. */
  static Histogram histogram(Tensor tensor) {
    Histogram histogram = new Histogram();
    PointerScope scope = new PointerScope();
    try {
      Tensor values = tensor.detach().cpu();
      if (values.scalar_type().intern() == torch.ScalarType.Float) {
        addFloats(histogram, values.contiguous());
      } else {
        addDoubles(histogram, values.to(torch.ScalarType.Double).contiguous());
      }
    } finally {
      scope.close();
    }
    return histogram;
  }

  private static void addFloats(Histogram histogram, Tensor values) {
    long size = values.numel();
    float[] piece = new float[(int) Math.min(size, PIECE)];
    for (long at = 0; at < size; at += PIECE) {
      int length = (int) Math.min(size - at, PIECE);
      FloatPointer from = values.data_ptr_float();
      from.position(at).get(piece, 0, length);
      for (int i = 0; i < length; i++) {
        histogram.add(piece[i]);
      }
    }
  }

  private static void addDoubles(Histogram histogram, Tensor values) {
    long size = values.numel();
    double[] piece = new double[(int) Math.min(size, PIECE)];
    for (long at = 0; at < size; at += PIECE) {
      int length = (int) Math.min(size - at, PIECE);
      DoublePointer from = values.data_ptr_double();
      from.position(at).get(piece, 0, length);
      for (int i = 0; i < length; i++) {
        histogram.add(piece[i]);
      }
    }
  }

  /**
   * Images side by side as PyTorch has them, without anything between; black where there are none.
   */
  static Picture grid(Tensor images) {
    long[] shape = Shapes.of(images);
    if (shape.length != 4 || images.numel() == 0 || (shape[1] != 1 && shape[1] != 3)) {
      throw new IllegalArgumentException(
          "images are a tensor (N, 1, H, W) or (N, 3, H, W), but this is "
              + Shapes.describe(images));
    }
    long columns = Math.min(PER_ROW, shape[0]);
    long rows = (shape[0] + columns - 1) / columns;
    PointerScope scope = new PointerScope();
    try {
      Tensor places =
          torch.zeros(new long[] {rows * columns, shape[1], shape[2], shape[3]}, images.options());
      places.narrow(0, 0, shape[0]).copy_(images.detach());
      Tensor lines =
          places.view(rows, columns, shape[1], shape[2], shape[3]).permute(2, 0, 3, 1, 4);
      return Picture.clipped(lines.reshape(shape[1], rows * shape[2], columns * shape[3]));
    } finally {
      scope.close();
    }
  }
}

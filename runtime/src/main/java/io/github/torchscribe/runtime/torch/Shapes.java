package io.github.torchscribe.runtime.torch;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/** Shapes as PyTorch's messages write them: {@code (200, 1, 28, 28)}. */
public final class Shapes {
  private Shapes() {}

  /**
   * The shape of a tensor.
   *
   * @param tensor any
   * @return its sizes
   */
  public static long[] of(Tensor tensor) {
    long[] shape = new long[(int) tensor.dim()];
    Arrays.setAll(shape, tensor::size);
    return shape;
  }

  /**
   * How many elements a tensor of this shape has.
   *
   * @param shape any
   * @return the product of its sizes
   */
  public static long elements(long... shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /**
   * The shape of a batch.
   *
   * @param n how many examples
   * @param example sizes without the batch dimension
   * @return (n, example…)
   */
  public static long[] batch(long n, long... example) {
    long[] shape = new long[example.length + 1];
    shape[0] = n;
    System.arraycopy(example, 0, shape, 1, example.length);
    return shape;
  }

  /**
   * A batch's shape, for a message.
   *
   * @param example sizes without the batch dimension
   * @return for example {@code (N, 1, 28, 28)}
   */
  public static String batchOf(long... example) {
    return Arrays.stream(example)
        .mapToObj(size -> ", " + size)
        .collect(Collectors.joining("", "(N", ")"));
  }

  /**
   * A shape, for a message.
   *
   * @param shape any
   * @return for example {@code (200, 784)}
   */
  public static String text(long... shape) {
    return Arrays.stream(shape)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /**
   * Type, shape and place of a tensor, for a message.
   *
   * @param tensor any
   * @return for example {@code Float (200, 1, 28, 28) on the CPU}
   */
  public static String describe(Tensor tensor) {
    return tensor.scalar_type()
        + " "
        + text(of(tensor))
        + (tensor.is_cuda() ? " on the GPU" : " on the CPU");
  }
}

package io.github.torchscribe.runtime.data;

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
   * Type, shape and place of a tensor, for a message.
   *
   * @param tensor any
   * @return for example {@code Float (200, 1, 28, 28) on the CPU}
   */
  public static String describe(Tensor tensor) {
    String shape =
        Arrays.stream(of(tensor))
            .mapToObj(Long::toString)
            .collect(Collectors.joining(", ", "(", ")"));
    return tensor.scalar_type() + " " + shape + (tensor.is_cuda() ? " on the GPU" : " on the CPU");
  }
}

package io.github.torchscribe.processor.tensor;

/**
 * A learned tensor of a layer.
 *
 * @param name PyTorch's, for example {@code weight}
 * @param shape its whole shape
 * @param counts whether it is a count, a 64-bit integer in PyTorch
 */
public record ParameterSpec(String name, Shape shape, boolean counts) {
  /**
   * Numbers.
   *
   * @param name PyTorch's
   * @param shape its whole shape
   */
  public ParameterSpec(String name, Shape shape) {
    this(name, shape, false);
  }

  /**
   * A single count.
   *
   * @param name PyTorch's
   * @return from 0 on
   */
  public static ParameterSpec count(String name) {
    return new ParameterSpec(name, Shape.of(), true);
  }
}

package io.github.torchscribe.processor.tensor;

import java.util.Optional;

/**
 * A learned tensor of a layer.
 *
 * @param name PyTorch's, for example {@code weight}
 * @param shape its whole shape
 * @param counts whether it is a count, a 64-bit integer in PyTorch
 * @param rate what the optimizer's learning rate is multiplied by; 0 for what stays as it is
 * @param tie whose value it is, where that is another layer's
 */
public record ParameterSpec(
    String name, Shape shape, boolean counts, double rate, Optional<Tie> tie) {
  /**
   * The parameter of another layer.
   *
   * @param path that layer's
   * @param variable what that layer is called in generated code
   */
  public record Tie(String path, String variable) {}

  /**
   * Numbers.
   *
   * @param name PyTorch's
   * @param shape its whole shape
   */
  public ParameterSpec(String name, Shape shape) {
    this(name, shape, false, 1, Optional.empty());
  }

  /**
   * A single count.
   *
   * @param name PyTorch's
   * @return from 0 on
   */
  public static ParameterSpec count(String name) {
    return new ParameterSpec(name, Shape.of(), true, 1, Optional.empty());
  }

  /**
   * The same at another rate.
   *
   * @param other 0 for what stays as it is
   * @return otherwise equal
   */
  public ParameterSpec at(double other) {
    return new ParameterSpec(name, shape, counts, other, tie);
  }

  /**
   * The same as the value of another layer's.
   *
   * @param owner whose it is
   * @return otherwise equal
   */
  public ParameterSpec tiedTo(Tie owner) {
    return new ParameterSpec(name, shape, counts, rate, Optional.of(owner));
  }

  /**
   * Whether anything changes it.
   *
   * @return false where it is frozen
   */
  public boolean learns() {
    return rate > 0;
  }
}

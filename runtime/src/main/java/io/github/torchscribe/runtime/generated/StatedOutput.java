package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.torch.Shapes;

/**
 * What a network gives.
 *
 * @param name what users call it; empty where there is nothing else
 * @param shape of one example
 */
public record StatedOutput(String name, long[] shape) {
  /**
   * The shape for some examples.
   *
   * @param n how many
   * @return (n, …)
   */
  public long[] batch(long n) {
    return Shapes.batch(n, shape);
  }
}

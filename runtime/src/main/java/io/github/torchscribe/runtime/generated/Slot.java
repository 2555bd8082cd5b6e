package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.torch.Shapes;

/**
 * A tensor's place in the flat buffer.
 *
 * @param name PyTorch's
 * @param offset where it begins, in elements
 * @param shape of the tensor
 * @param counts whether it is a count: a 64-bit integer in files
 * @param rate what the optimizer's learning rate is multiplied by; 0 for what no optimizer changes
 */
public record Slot(String name, long offset, long[] shape, boolean counts, double rate) {
  /**
   * How many elements it has.
   *
   * @return at least 1
   */
  public long size() {
    return Shapes.elements(shape);
  }

  /**
   * Whether an optimizer changes it.
   *
   * @return false of what is frozen, and of what is no parameter
   */
  public boolean learns() {
    return rate > 0;
  }

  Slot at(double factor) {
    return new Slot(name, offset, shape, counts, factor);
  }
}

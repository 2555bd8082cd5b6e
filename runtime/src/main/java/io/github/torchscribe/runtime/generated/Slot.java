package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.torch.Shapes;

/**
 * A tensor's place in the flat buffer.
 *
 * @param name PyTorch's
 * @param offset where it begins, in elements
 * @param shape of the tensor
 * @param counts whether it is a count: a 64-bit integer in files
 */
public record Slot(String name, long offset, long[] shape, boolean counts) {
  /**
   * How many elements it has.
   *
   * @return at least 1
   */
  public long size() {
    return Shapes.elements(shape);
  }
}

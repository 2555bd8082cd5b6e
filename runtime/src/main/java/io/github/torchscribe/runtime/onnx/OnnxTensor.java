package io.github.torchscribe.runtime.onnx;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Numbers that a network has in itself.
 *
 * @param name as nodes read it
 * @param values on the CPU, contiguous: 32-bit floats or 64-bit integers
 * @param beside where they lie, if that is in a file beside the network's
 */
public record OnnxTensor(String name, Tensor values, Optional<Place> beside) {
  /**
   * A place in a file.
   *
   * @param file its name, in the same folder
   * @param offset in bytes
   */
  public record Place(String file, long offset) {}

  /**
   * The same in a file beside.
   *
   * @param place where
   * @return otherwise equal
   */
  public OnnxTensor at(Place place) {
    return new OnnxTensor(name, values, Optional.of(place));
  }

  /**
   * How much memory the numbers take.
   *
   * @return in bytes
   */
  public long bytes() {
    return values.numel() * values.element_size();
  }
}

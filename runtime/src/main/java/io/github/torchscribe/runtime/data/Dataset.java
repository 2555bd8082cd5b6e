package io.github.torchscribe.runtime.data;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Examples with targets, {@code torch.utils.data.Dataset}, read a batch at a time. Implementations
 * must allow several threads to read.
 */
public interface Dataset extends AutoCloseable {
  /**
   * How many examples there are.
   *
   * @return at least 1
   */
  long size();

  /**
   * The shape of one example.
   *
   * @return sizes without the batch dimension
   */
  long[] exampleShape();

  /**
   * What the targets are.
   *
   * @return classes, with one more than the largest target as their count, or numbers
   */
  Targets targets();

  /**
   * Writes the examples with the given indices into a batch.
   *
   * @param indices N 64-bit integers from 0 to size − 1
   * @param inputs filled: 32-bit floats of shape (N, example…), on the CPU, contiguous
   * @param targets filled: as {@link #targets()} says, on the CPU, contiguous
   */
  void gather(Tensor indices, Tensor inputs, Tensor targets);

  /**
   * Some examples.
   *
   * @param indices from 0 to size − 1
   * @return (N, example…), 32-bit floats, on the CPU; the caller's scope owns it
   */
  default Tensor examples(long... indices) {
    Tensor inputs = torch.empty(Shapes.batch(indices.length, exampleShape()));
    PointerScope scope = new PointerScope();
    try {
      gather(torch.tensor(indices), inputs, targets().empty(indices.length));
    } finally {
      scope.close();
    }
    return inputs;
  }

  /** Frees the data; what is not closed is freed by the garbage collector, in its time. */
  @Override
  void close();
}

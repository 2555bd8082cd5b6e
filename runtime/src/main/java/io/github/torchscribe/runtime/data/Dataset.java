package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Examples with targets, {@code torch.utils.data.Dataset}, read a batch at a time. Implementations
 * must allow several threads to read. One whose examples or targets have several parts is a {@link
 * NamedDataset}.
 */
public interface Dataset extends AutoCloseable {
  /**
   * How many examples there are.
   *
   * @return at least 1
   */
  long size();

  /**
   * What the examples are.
   *
   * @return numbers, or indices with one more than the largest as their count
   */
  TensorSpec inputs();

  /**
   * What the targets are.
   *
   * @return indices of classes, with one more than the largest as their count, or numbers
   */
  TensorSpec targets();

  /**
   * Writes the examples with the given indices into a batch.
   *
   * @param indices N 64-bit integers from 0 to size − 1
   * @param inputs filled: as {@link #inputs()} says, on the CPU, contiguous
   * @param targets filled: as {@link #targets()} says, on the CPU, contiguous
   */
  void gather(Tensor indices, Tensor inputs, Tensor targets);

  /**
   * What the parts of the examples are.
   *
   * @return by name; {@link #inputs()} alone, without a name, unless stated otherwise
   */
  default TensorSpecs inputSpecs() {
    return TensorSpecs.of(inputs());
  }

  /**
   * What the parts of the targets are.
   *
   * @return by name; {@link #targets()} alone, without a name, unless stated otherwise
   */
  default TensorSpecs targetSpecs() {
    return TensorSpecs.of(targets());
  }

  /**
   * Writes the examples with the given indices into a batch, all their parts.
   *
   * @param indices N 64-bit integers from 0 to size − 1
   * @param inputs filled: as {@link #inputSpecs()} says, on the CPU, contiguous
   * @param targets filled: as {@link #targetSpecs()} says, on the CPU, contiguous
   */
  default void gather(Tensor indices, Tensors inputs, Tensors targets) {
    gather(indices, inputs.only(), targets.only());
  }

  /**
   * Some examples.
   *
   * @param indices from 0 to size − 1
   * @return (N, example…), on the CPU; the caller's scope owns it
   */
  default Tensor examples(long... indices) {
    inputs(); // says so where there are several parts
    return allExamples(indices).only();
  }

  /**
   * Some examples, all their parts.
   *
   * @param indices from 0 to size − 1
   * @return (N, …) of each, on the CPU; the caller's scope owns them
   */
  default Tensors allExamples(long... indices) {
    Tensors inputs = inputSpecs().empty(indices.length);
    PointerScope scope = new PointerScope();
    try {
      gather(torch.tensor(indices), inputs, targetSpecs().empty(indices.length));
    } finally {
      scope.close();
    }
    return inputs.map(Arena::given);
  }

  /**
   * What {@link #gather} depends on besides its arguments, such as how often something random was
   * drawn.
   *
   * @return how many batches have been gathered; 0 where that makes no difference
   */
  default long position() {
    return 0;
  }

  /**
   * Goes on from where a run was.
   *
   * @param batches how many have been gathered
   */
  default void position(long batches) {}

  /**
   * Whether {@link #gather} takes so long that a batch should be made ready in the background,
   * while the network learns from the one before.
   *
   * @return false unless stated otherwise
   */
  default boolean takesTime() {
    return false;
  }

  /**
   * Whether a batch may be {@linkplain #gather gathered} in parts, each by a call of its own, in no
   * certain order, and by a thread in libtorch's inference mode.
   *
   * @return false unless stated otherwise; then a batch is one call
   */
  default boolean gathersParts() {
    return false;
  }

  /**
   * Whether the example of an index is always the same, whenever and with whichever others it is
   * gathered. Then all can be gathered once and kept where the network is.
   *
   * @return false unless stated otherwise
   */
  default boolean isFixed() {
    return false;
  }

  /** Frees the data; what is not closed is freed by the garbage collector, in its time. */
  @Override
  void close();
}

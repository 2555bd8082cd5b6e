package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * A dataset whose examples, or whose targets, have several parts, each with a name: a network's
 * inputs, and its values that have a loss. What asks for a single part is told which there are.
 */
public interface NamedDataset extends Dataset {
  @Override
  TensorSpecs inputSpecs();

  @Override
  TensorSpecs targetSpecs();

  @Override
  void gather(Tensor indices, Tensors inputs, Tensors targets);

  @Override
  default TensorSpec inputs() {
    return inputSpecs().only();
  }

  @Override
  default TensorSpec targets() {
    return targetSpecs().only();
  }

  @Override
  default void gather(Tensor indices, Tensor inputs, Tensor targets) {
    gather(indices, named(inputSpecs(), inputs), named(targetSpecs(), targets));
  }

  private static Tensors named(TensorSpecs specs, Tensor tensor) {
    specs.only();
    return Tensors.of(specs.names().get(0), tensor);
  }
}

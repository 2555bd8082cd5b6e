package io.github.torchscribe.samples;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.torch.TensorSpec;

/** Another dataset's examples, gathered in a way of its own. */
public interface Wrapped extends Dataset {
  /**
   * Whose examples these are.
   *
   * @return closed with this
   */
  Dataset data();

  @Override
  default long size() {
    return data().size();
  }

  @Override
  default TensorSpec inputs() {
    return data().inputs();
  }

  @Override
  default TensorSpec targets() {
    return data().targets();
  }

  @Override
  default void close() {
    data().close();
  }
}

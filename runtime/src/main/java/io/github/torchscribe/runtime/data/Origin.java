package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Where a batch is before somebody asks for it. */
interface Origin {
  /** Brings it into a loader's own tensors; a second call does nothing. */
  void fetch();

  /** Writes it into somebody else's tensors. */
  void write(Tensors inputs, Tensors targets);

  /** A part of the examples, for whoever reads single numbers. */
  Tensor inputToRead(int part);

  /** A part of the targets, for whoever reads single numbers. */
  Tensor targetToRead(int part);
}

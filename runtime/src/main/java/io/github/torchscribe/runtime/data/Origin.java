package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Tensors;

/** Where a batch is before somebody asks for it. */
interface Origin {
  /** Brings it into a loader's own tensors; a second call does nothing. */
  void fetch();

  /** Writes it into somebody else's tensors. */
  void write(Tensors inputs, Tensors targets);

  /** The examples, for whoever reads single numbers. */
  Tensors inputsToRead();

  /** The targets, for whoever reads single numbers. */
  Tensors targetsToRead();
}

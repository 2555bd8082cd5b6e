package io.github.torchscribe.runtime;

/** What a forward pass is for: PyTorch's {@code model.train()} and {@code model.eval()}. */
public enum Mode {
  /** The pass keeps what backward needs. */
  TRAINING,
  /** The pass has buffers of its own and leaves the training state alone. */
  EVALUATION
}

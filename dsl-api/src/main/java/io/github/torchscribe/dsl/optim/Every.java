package io.github.torchscribe.dsl.optim;

/** When a schedule counts on: when PyTorch's program calls {@code scheduler.step()}. */
public enum Every {
  /** After each epoch. */
  EPOCH,
  /** After each step of the optimizer. */
  STEP
}

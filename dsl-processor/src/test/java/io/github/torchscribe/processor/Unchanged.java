package io.github.torchscribe.processor;

import org.bytedeco.pytorch.Tensor;

/** A layer of somebody's own that computes nothing. */
public final class Unchanged {
  private Unchanged() {}

  /** What it is given. */
  public static Tensor forward(Tensor input) {
    return input;
  }
}

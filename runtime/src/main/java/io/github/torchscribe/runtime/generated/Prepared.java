package io.github.torchscribe.runtime.generated;

/** A computation that is made ready once for a batch size: its tensors stay where they are. */
public abstract class Prepared {
  Prepared() {}

  /**
   * Whether this is the way to go now.
   *
   * @return true unless it depends on the moment
   */
  boolean suits() {
    return true;
  }

  /** Computes. */
  public abstract void compute();
}

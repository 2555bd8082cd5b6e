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

  /**
   * Computes gradients of what has been computed, if it was made ready for training. What computes
   * backward {@linkplain #suits suits} always: forward leaves other things for the other way.
   */
  public void backward() {
    throw new IllegalStateException("is made ready for predictions alone");
  }
}

package io.github.torchscribe.processor.code;

import io.github.torchscribe.processor.tensor.Shape;

/** What is known of a layer at its place, whatever is written of it. */
public interface ShapeCode {
  /**
   * What arrives.
   *
   * @return the shape for one example
   */
  Shape inputShape();

  /**
   * How many values arrive.
   *
   * @return at least 1
   */
  int inputs();

  /**
   * One of several values that arrive.
   *
   * @param which counted from 0
   * @return the shape for one example
   */
  Shape inputShape(int which);

  /**
   * What leaves.
   *
   * @return the shape for one example
   */
  Shape outputShape();
}

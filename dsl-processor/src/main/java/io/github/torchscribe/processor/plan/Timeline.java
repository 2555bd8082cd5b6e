package io.github.torchscribe.processor.plan;

/**
 * The moments of a step: forward of each layer, the loss, backward of each layer from the last to
 * the first, and at the end the gradients of parameters that come from all rows.
 *
 * @param layers how many there are
 */
record Timeline(int layers) {
  int forward(int layer) {
    return layer;
  }

  /** Forward and backward of the loss. */
  int loss() {
    return layers;
  }

  int backward(int layer) {
    return 2 * layers - layer;
  }

  /** When all rows' gradients are there. */
  int end() {
    return 2 * layers + 1;
  }
}

package io.github.torchscribe.processor.layer;

/** Where a layer's results and gradients lie. */
public enum MemoryUse {
  /** The output and the gradient of the input each in a place of their own. */
  SEPARATE,

  /**
   * The output is the input's memory in another shape. Nothing is computed, forward or backward,
   * and the layer is not asked for steps.
   */
  VIEW,

  /**
   * Element by element: the output may take the place of the input, where nobody's backward reads
   * that, and the gradient of the input that of the output's.
   */
  IN_PLACE,

  /**
   * The gradient of the input takes the place of the output's; the output has its own. For layers
   * whose backward works element by element, and whose forward still reads the input after the
   * first write.
   */
  GRADIENT_IN_PLACE,

  /**
   * Libtorch's backward operation returns the gradient of the input in memory of its own, instead
   * of taking a place for it: {@code convolution_backward} and those of the norms. The layer says
   * {@code inputGradientIs} of it; it is only copied where somebody needs it in a place.
   */
  BRINGS_GRADIENT;

  /**
   * Whether the gradient of the input takes the place of the output's.
   *
   * @return true for all that works element by element
   */
  public boolean isGradientInPlace() {
    return this == IN_PLACE || this == GRADIENT_IN_PLACE;
  }
}

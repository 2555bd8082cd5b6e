package io.github.torchscribe.samples.mnist;

/**
 * How a digit is written, measured of its pixels: how far its ink lies from its centre of mass, as
 * standard deviations, and how far to the right it goes on the way up. (Where its centre is would
 * be no question: MNIST's images are centred by it.)
 *
 * @param width of the ink, in pixels
 * @param height of the ink, in pixels
 * @param lean how far ink that is one height above the centre lies to the right of it on average,
 *     in pixels
 */
record Ink(float width, float height, float lean) {
  /** Of how many numbers it is. */
  static final int NUMBERS = 3;

  /**
   * Measures an image.
   *
   * @param pixels row by row, from whatever number black is
   * @param columns of a row
   */
  static Ink of(float[] pixels, int columns) {
    float black = pixels[0];
    for (float pixel : pixels) {
      black = Math.min(black, pixel);
    }
    double ink = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < pixels.length; i++) {
      double light = pixels[i] - black;
      int column = i % columns;
      int row = i / columns;
      ink += light;
      x += light * column;
      y += light * row;
      xx += light * column * column;
      yy += light * row * row;
      xy += light * column * row;
    }
    if (ink == 0) {
      throw new IllegalArgumentException("an image of one colour has no ink to measure");
    }
    x /= ink;
    y /= ink;
    double height = Math.sqrt(Math.max(0, yy / ink - y * y));
    double rising = x * y - xy / ink; // rows are counted downwards
    return new Ink(
        (float) Math.sqrt(Math.max(0, xx / ink - x * x)),
        (float) height,
        (float) (height == 0 ? 0 : rising / height));
  }

  /** What a network has said. */
  static Ink of(float... numbers) {
    return new Ink(numbers[0], numbers[1], numbers[2]);
  }

  float[] numbers() {
    return new float[] {width, height, lean};
  }

  /** In degrees from upright, to the right. */
  double slant() {
    return Math.toDegrees(Math.atan2(lean, height));
  }
}

package io.github.torchscribe.samples.mnist;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Pixels of MNIST's: as they are seen, and as {@code Mnist} has them. */
public final class Pixels {
  private static final double MEAN = 0.1307;
  private static final double STD = 0.3081;

  private Pixels() {}

  /**
   * As they are seen.
   *
   * @param normalized as {@code Mnist} has them
   * @return 0 black and 1 white
   */
  public static Tensor grey(Tensor normalized) {
    return normalized.mul(new Scalar(STD)).add(new Scalar(MEAN));
  }

  /**
   * The way back.
   *
   * @param grey 0 black and 1 white
   * @return as {@code Mnist} has them
   */
  public static Tensor normalized(Tensor grey) {
    return grey.sub(new Scalar(MEAN)).div(new Scalar(STD));
  }
}

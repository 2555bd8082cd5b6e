package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.ShapeCode;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/**
 * What says which places of a sequence are padding, for layers that leave it out: one more value
 * behind their own, (N, L), 1 for each place that is there.
 */
public final class PaddingMask {
  /**
   * Times −1 it is what is added to scores of padding: far below all others, yet a number, so that
   * a place that sees padding alone gives no NaN.
   */
  public static final double FAR_BELOW = 1e30;

  private PaddingMask() {}

  /**
   * Whether it is known.
   *
   * @param code tells what arrives
   * @return true where it has arrived
   */
  public static boolean isKnown(ShapeCode code) {
    return code.inputs() > 1 && code.inputShape(at(code)).rank() == 1;
  }

  /**
   * Whether it is known, where there is no code yet.
   *
   * @param inputs shapes of one example of each value that arrives
   * @return true where it is among them
   */
  public static boolean isKnown(List<Shape> inputs) {
    return inputs.size() > 1 && inputs.get(inputs.size() - 1).rank() == 1;
  }

  /**
   * Which of the values that arrive it is.
   *
   * @param code tells what arrives
   * @return the last one
   */
  public static int at(ShapeCode code) {
    return code.inputs() - 1;
  }

  /**
   * What is added to hide padding.
   *
   * @param isThere 1 for each place that is there, 0 for padding
   * @param code what it is made of
   * @return 0 for each place that is there, far below all others for padding
   */
  public static Expression hidden(Expression isThere, OnnxCode code) {
    return code.op("Mul", code.op("Sub", isThere, code.number(1)), code.number(FAR_BELOW));
  }
}

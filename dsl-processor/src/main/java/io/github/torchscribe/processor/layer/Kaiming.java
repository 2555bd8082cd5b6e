package io.github.torchscribe.processor.layer;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.oneOverSqrt;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.Types;

/** How PyTorch begins with what multiplies: products and convolutions. */
public final class Kaiming {
  private Kaiming() {}

  /**
   * Draws a weight by the network's scheme, where it names one, and else uniformly within
   * 1/√fan-in; likewise a bias, which is 0 under a scheme.
   *
   * @param code takes statements
   * @param fanIn how many inputs an output has
   * @param bias whether there is one
   */
  public static void initialize(InitCode code, long fanIn, boolean bias) {
    boolean byScheme = code.byScheme("weight");
    if (!byScheme) {
      Expression weight = code.parameter("weight");
      code.step(call("kaimingUniform", weight, call(Types.MATH, "sqrt", 5), code.generator()));
    }
    if (bias) {
      Expression shift = code.parameter("bias");
      code.step(
          byScheme
              ? call("zeros", shift)
              : call("uniform", shift, oneOverSqrt(fanIn), code.generator()));
    }
  }
}

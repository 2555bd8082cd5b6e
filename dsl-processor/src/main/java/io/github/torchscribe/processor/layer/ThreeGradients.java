package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.code.BackwardCode;
import java.util.function.UnaryOperator;

/** Libtorch's backward operations that give the gradients of input, weight and bias in one go. */
public final class ThreeGradients {
  private ThreeGradients() {}

  /**
   * Calls such an operation for what is wanted and puts the results into their places.
   *
   * @param code takes statements
   * @param weight whether there is one
   * @param bias whether there is one
   * @param call the call, given the mask
   */
  public static void of(
      BackwardCode code, boolean weight, boolean bias, UnaryOperator<String> call) {
    boolean input = code.wantsInputGradient();
    if (!input && !weight) {
      return;
    }
    String all =
        code.temporary(
            "gradients", "T_TensorTensorTensor_T", call.apply(mask(input, weight, bias)));
    if (input) {
      code.inputGradientIs(all + ".get0()");
    }
    if (weight) {
      code.part(code.gradient("weight") + ".copy_(" + all + ".get1())", "weight");
      code.hasGradient("weight");
    }
    if (bias) {
      code.part(code.gradient("bias") + ".copy_(" + all + ".get2())", "bias");
      code.hasGradient("bias");
    }
  }

  /** The name of the mask in the runtime's {@code Share}. */
  static String mask(boolean input, boolean weight, boolean bias) {
    if (input) {
      return weight ? bias ? "ALL" : "INPUT_AND_WEIGHT" : "INPUT_ONLY";
    }
    return bias ? "PARAMETERS_ONLY" : "WEIGHT_ONLY";
  }
}

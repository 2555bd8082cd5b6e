package io.github.torchscribe.processor.layer;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Types;
import java.util.function.UnaryOperator;

/** Libtorch's backward operations that give the gradients of input, weight and bias in one go. */
public final class ThreeGradients {
  private ThreeGradients() {}

  /**
   * Calls such an operation for what is wanted and puts the results into their places.
   *
   * @param code takes statements
   * @param operation the call, given the mask
   */
  public static void of(BackwardCode code, UnaryOperator<Expression> operation) {
    of(code, operation, UnaryOperator.identity());
  }

  /**
   * The same where the operation was given more than what arrived.
   *
   * @param code takes statements
   * @param operation the call, given the mask
   * @param arrived what of the gradient that it gives for its input is that of the layer's
   */
  public static void of(
      BackwardCode code, UnaryOperator<Expression> operation, UnaryOperator<Expression> arrived) {
    boolean input = code.wantsInputGradient();
    boolean weight = code.wantsGradient("weight");
    boolean bias = code.wantsGradient("bias");
    if (!input && !weight && !bias) {
      return;
    }
    Expression gradients = operation.apply(name(mask(input, weight, bias)));
    Expression all = code.temporary("gradients", Types.THREE_TENSORS, gradients);
    if (input) {
      code.inputGradientIs(arrived.apply(all.call("get0")));
    }
    code.gradientIs("weight", to -> call("put", to, all.call("get1")));
    code.gradientIs("bias", to -> call("put", to, all.call("get2")));
  }

  /** The name of the mask in the runtime's {@code Share}. */
  static String mask(boolean input, boolean weight, boolean bias) {
    if (weight) {
      return input ? bias ? "ALL" : "INPUT_AND_WEIGHT" : bias ? "PARAMETERS_ONLY" : "WEIGHT_ONLY";
    }
    return input ? bias ? "INPUT_AND_BIAS" : "INPUT_ONLY" : "BIAS_ONLY";
  }
}

package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.declaration.Written;

/** Losses that libtorch has a kernel for, forward and backward. */
abstract class DifferenceLoss extends PairLoss {
  private final String function;
  private final String arguments;
  private final String formula;

  /**
   * A loss.
   *
   * @param function libtorch's name of it
   * @param arguments what it takes after the reduction, each with a comma before it
   */
  DifferenceLoss(Written written, String function, String arguments, String formula) {
    super(written);
    this.function = function;
    this.arguments = arguments;
    this.formula = formula;
  }

  @Override
  public final void forward(LossCode code) {
    // Not with an output of ours: libtorch's writes all differences into it, and warns of its size.
    code.step(
        code.result() + ".copy_(" + autograd(code.output(), code.target()) + ")",
        "mean over all outputs");
  }

  @Override
  public final void backward(LossCode code) {
    String oneOverCount = code.perBatch("oneOverCount", "Tensor", "filled(1.0 / " + count() + ")");
    code.step(
        function
            + "_backward_out("
            + code.outputGradient()
            + ", "
            + oneOverCount
            + ", "
            + code.output()
            + ", "
            + code.target()
            + ", "
            + SUM
            + arguments
            + ")",
        "/ all outputs");
  }

  @Override
  public final String autograd(String output, String target) {
    return function + "(" + output + ", " + target + ", " + MEAN + arguments + ")";
  }

  @Override
  public final String formula() {
    return formula;
  }
}

package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.number;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.declaration.Written;
import java.util.List;

/**
 * Losses of outputs and targets that libtorch has kernels for: {@code f(output, target, reduction,
 * …)} and {@code f_backward_out(gradient, share, output, target, reduction, …)}. One whose output
 * is a yes or no overrides {@link #decision} and {@link #takesRawScores}.
 */
abstract class KernelLoss extends PairLoss {
  private final String function;
  private final List<Double> arguments;
  private final String formula;

  /**
   * A loss.
   *
   * @param function libtorch's name of it
   * @param arguments what it takes after the reduction
   */
  KernelLoss(Written written, String function, List<Double> arguments, String formula) {
    super(written);
    this.function = function;
    this.arguments = arguments;
    this.formula = formula;
  }

  @Override
  public final void forward(LossCode code) {
    // Not with an output of ours: libtorch's writes all differences into it, and warns of its size.
    code.step(
        code.result().call("copy_", autograd(code.output(), code.target())),
        "mean over all outputs");
  }

  @Override
  public final void backward(LossCode code) {
    Expression share = code.perBatch("oneOverCount", call("filled", number(1.0).over(count())));
    code.step(
        call(
            function + "_backward_out",
            code.outputGradient(),
            share,
            code.output(),
            code.target(),
            SUM,
            arguments),
        "/ all outputs");
  }

  @Override
  protected final Expression autograd(Expression output, Expression target) {
    return call(function, output, target, MEAN, arguments);
  }

  @Override
  public final String formula() {
    return formula;
  }
}

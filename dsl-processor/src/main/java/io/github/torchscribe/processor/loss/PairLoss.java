package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.TOTAL;
import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;

/** Losses of outputs and targets of the same shape, averaged over all of them. */
abstract class PairLoss extends Loss {
  /** libtorch's names of its reductions. */
  static final int MEAN = 1;

  static final int SUM = 2;

  private Shape outputs = Shape.of(1);

  PairLoss(Written written) {
    super(written);
  }

  /** The shape of outputs and targets, for one example. */
  final Shape outputs() {
    return outputs;
  }

  @Override
  public boolean takesRawScores() {
    return false;
  }

  @Override
  protected void check(Incoming output, Report report) {
    outputs = output.shape();
  }

  @Override
  public final Expression targets() {
    return call(Types.TENSOR_SPEC, "numbers", outputs);
  }

  /** Outputs are numbers, and there is no accuracy; a loss of yes or no overrides it. */
  @Override
  public String decision() {
    return "NONE";
  }

  /** The number of outputs of the whole batch, as an expression. */
  final Expression count() {
    return outputs.elements() == 1 ? TOTAL : TOTAL.times(outputs.elements());
  }
}

package io.github.torchscribe.processor.loss;

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
  public void check(Incoming output, Report report) {
    outputs = output.shape();
  }

  @Override
  public final String targets() {
    return "numbers(" + outputs.list() + ")";
  }

  @Override
  public String decision() {
    return "NONE";
  }

  /** The number of outputs of the whole batch, as an expression. */
  final String count() {
    return outputs.elements() == 1 ? "total" : "(total * " + outputs.elements() + ")";
  }
}

package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;

/** Softmax and its logarithm: over one dimension of each example. */
abstract class OverDimension extends Layer {
  private final String function;
  private final int dim;

  OverDimension(Written written, String function) {
    super(written);
    this.function = function;
    this.dim = written.number("dim").intValue();
  }

  @Override
  public final Shape output(Incoming incoming, Report report) {
    Shape shape = incoming.shape();
    int at = dim < 0 ? dim + shape.rank() + 1 : dim;
    if (dim == 0 || !shape.open() && (at < 1 || at > shape.rank())) {
      report.say(Message.NO_DIMENSION, written().at("dim"), dim, name(), shape);
    }
    return shape;
  }

  /** The dimension, as an argument. */
  final String dim() {
    return String.valueOf(dim);
  }

  @Override
  public final void forward(ForwardCode code) {
    code.step(function + "_out(" + code.output() + ", " + code.input() + ", " + dim + ")");
  }

  @Override
  public final String autograd(AutogradCode code) {
    return function + "(" + code.input() + ", " + dim + ")";
  }

  @Override
  public final boolean needsOutput() {
    return true;
  }

  @Override
  public final boolean isActivation() {
    return true;
  }

  @Override
  public final boolean isElementwise() {
    return false;
  }

  /** A sum over the dimension, which stays with size 1. */
  static String sum(String tensor, BackwardCode code, String dim) {
    String none = code.perBatch("sameType", "ScalarTypeOptional", "new ScalarTypeOptional()");
    return tensor + ".sum(" + code.longs("dim", Long.parseLong(dim)) + ", true, " + none + ")";
  }
}

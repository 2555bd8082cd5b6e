package io.github.torchscribe.processor.layer.activation;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Dimension;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.layer.Traits;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** Softmax and its logarithm: over one dimension of each example. */
abstract class OverDimension extends Layer {
  private final String function;
  private final Dimension dim;

  OverDimension(Written written, String function) {
    super(written);
    this.function = function;
    this.dim = new Dimension(written);
  }

  @Override
  public final Shape output(Incoming incoming, Report report) {
    dim.isIn(incoming.shape(), report);
    return incoming.shape();
  }

  @Override
  public final Places places(List<Shape> inputs) {
    return dim.of(inputs.get(0)) == 0 ? Places.MIXED : Places.KEPT;
  }

  /** The dimension. */
  final int dim() {
    return dim.stated();
  }

  @Override
  public final BackwardReads backwardReads() {
    return BackwardReads.OUTPUT;
  }

  @Override
  public final Traits traits() {
    return Traits.ACTIVATION;
  }

  @Override
  public final void forward(ForwardCode code) {
    code.step(call(function + "_out", code.output(), code.input(), dim()));
  }

  @Override
  public final Expression autograd(AutogradCode code) {
    return call(function, code.input(), dim());
  }
}

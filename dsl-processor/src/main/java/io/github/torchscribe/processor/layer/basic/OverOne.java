package io.github.torchscribe.processor.layer.basic;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.ShapeCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Dimension;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Collections;
import java.util.List;

/** What is computed of all places of one dimension, which is gone then, or stays with size 1. */
abstract class OverOne extends Layer {
  private final Dimension dim;
  private final boolean keepdim;
  private final boolean mask;

  OverOne(Written written) {
    super(written);
    dim = new Dimension(written);
    keepdim = written.flag("keepdim");
    mask = written.flag("mask");
  }

  @Override
  public final Shape output(Incoming incoming, Report report) {
    Shape input = incoming.shape();
    if (!keepdim && !dim.leavesSome(incoming, report) || !dim.isIn(input, report)) {
      return Shape.ANY;
    }
    return keepdim ? dim.resized(input, 1) : dim.removed(input);
  }

  /** Over another dimension than that of the places, each keeps its own. */
  @Override
  public final Places places(List<Shape> inputs) {
    if (dim.of(inputs.get(0)) != 0) {
      return Places.KEPT;
    }
    return mask ? Places.MIXED.leavingOut(0) : Places.MIXED;
  }

  final boolean leavesPaddingOut() {
    return mask;
  }

  /** The dimension, counted with the batch. */
  final int at(ShapeCode code) {
    return dim.of(code.inputShape()) + 1;
  }

  /** How many places there are. */
  final long places(ModelCode code) {
    return dim.size(code.inputShape());
  }

  final boolean keepdim() {
    return keepdim;
  }

  /** A tensor of the output's shape, with the dimension where it was. */
  final Expression whereItWas(Expression tensor, ModelCode code) {
    return keepdim ? tensor : tensor.call("unsqueeze", at(code));
  }

  /** An operator over the dimension. */
  final Expression over(String operator, Expression from, OnnxCode code) {
    return code.op(operator, from, code.integers(at(code)))
        .call("with", "keepdims", keepdim ? 1 : 0);
  }

  /** What is said of places, as often as each has numbers. */
  final Expression spread(Expression places, OnnxCode code) {
    List<Long> ones = Collections.nCopies(code.inputShape().rank() - 1, 1L);
    return code.reshaped(places, code.inputShape().first(), ones);
  }
}

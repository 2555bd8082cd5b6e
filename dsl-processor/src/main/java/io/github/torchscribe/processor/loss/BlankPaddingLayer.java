package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.PaddingMask;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.layer.RecordedLayer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/**
 * Logarithms of probabilities in which padding is blank for certain: to a loss that finds a text in
 * a sequence it is as if the sequence ended before.
 */
final class BlankPaddingLayer extends RecordedLayer {
  private final long blank;

  /**
   * A layer that learns nothing.
   *
   * @param loss what finds the text
   * @param blank the class that is no letter
   */
  BlankPaddingLayer(Written loss, long blank) {
    super(loss);
    this.blank = blank;
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    return incoming.shape();
  }

  @Override
  public Places places(List<Shape> inputs) {
    return Places.KEPT.leavingOut(0);
  }

  @Override
  protected Expression expression(List<Expression> inputs, ModelCode code) {
    return call("blankPadding", inputs.get(0), inputs.get(PaddingMask.at(code)), blank);
  }
}

package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.lambda;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.PaddingMask;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/**
 * Logarithms of probabilities in which padding is blank for certain: to a loss that finds a text in
 * a sequence it is as if the sequence ended before. Libtorch's autograd differentiates it.
 */
final class BlankPaddingLayer extends Layer {
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
  public boolean isDivisible() {
    return false;
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
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }

  private Expression padded(Expression input, Expression isThere) {
    return call("blankPadding", input, isThere, blank);
  }

  @Override
  public void forward(ForwardCode code) {
    Expression padded = padded(new Expression.Name("x"), code.input(PaddingMask.at(code)));
    code.step(code.recording().call("forward", code.output(), code.input(), lambda("x", padded)));
  }

  @Override
  public void backward(BackwardCode code) {
    code.step(code.recording().call("backward", code.outputGradient(), code.inputGradient()));
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return padded(code.input(), code.input(PaddingMask.at(code)));
  }
}

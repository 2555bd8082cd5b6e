package io.github.torchscribe.processor.layer.activation;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Dimension;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;

/** {@code @GLU}: one half of a dimension, times the sigmoid of the other. */
final class GluLayer extends Layer {
  private final Dimension dim;

  GluLayer(Written written, Report report) {
    super(written);
    dim = new Dimension(written);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape input = incoming.shape();
    if (!dim.isIn(input, report)) {
      return Shape.ANY;
    }
    long size = dim.size(input);
    if (size % 2 != 0) {
      report.say(
          Message.OUT_OF_RANGE,
          written().at("dim"),
          "the size of dimension " + dim.stated(),
          name(),
          "even, as it is halved,",
          size);
      return dim.resized(input, Shape.UNKNOWN);
    }
    return dim.resized(input, size / 2);
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(call("glu_out", code.output(), code.input(), dim.stated()));
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(Activation.backward("glu", code, code.input(), dim.stated()));
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("glu", code.input(), dim.stated());
  }

  @Override
  public Expression onnx(OnnxCode code) {
    Expression split = code.op("Split", code.input()).call("with", "axis", dim.stated());
    Expression halves = code.let("halves", split.call("with", "num_outputs", 2));
    return code.op("Mul", halves, code.op("Sigmoid", halves.call("output", 1)));
  }
}

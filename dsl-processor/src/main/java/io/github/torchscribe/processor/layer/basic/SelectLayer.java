package io.github.torchscribe.processor.layer.basic;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Dimension;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Optional;

/** {@code @Select}: one place of a dimension, which is gone. */
final class SelectLayer extends Layer {
  private final Dimension dim;
  private final long index;

  SelectLayer(Written written, Report report) {
    super(written);
    dim = new Dimension(written);
    index = written.number("index").longValue();
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.empty();
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape input = incoming.shape();
    if (!dim.leavesSome(incoming, report) || !dim.isIn(input, report)) {
      return Shape.ANY;
    }
    long size = dim.size(input);
    if (size != Shape.UNKNOWN && (index < -size || index >= size)) {
      report.say(
          Message.OUT_OF_RANGE,
          written().at("index"),
          "index",
          name(),
          "from " + -size + " to " + (size - 1),
          index);
    }
    return dim.removed(input);
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(code.output().call("copy_", selected(code.input(), code)));
  }

  /** What was not taken has no part in the loss. */
  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      Expression gradient = code.inputGradient();
      code.part(gradient.call("zero_"), "where nothing was taken");
      code.step(selected(gradient, code).call("copy_", code.outputGradient()));
    }
  }

  private Expression selected(Expression from, ModelCode code) {
    long size = dim.size(code.inputShape());
    return from.call("select", dim.of(code.inputShape()) + 1, index < 0 ? index + size : index);
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return selected(code.input(), code);
  }

  @Override
  public Expression onnx(OnnxCode code) {
    Shape input = code.inputShape();
    Expression place = call("integer", index < 0 ? index + dim.size(input) : index);
    return code.op("Gather", code.input(), place).call("with", "axis", dim.of(input) + 1);
  }
}

package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Form;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Optional;

/** Where values go over into another memory format or precision. */
final class Relayout extends Layer {
  private final Form to;
  private final boolean view;

  /**
   * A change of form.
   *
   * @param before the layer that wants it
   * @param from what there is
   * @param to what is wanted
   * @param shape of one example
   */
  Relayout(Written before, Form from, Form to, Shape shape) {
    super(before);
    this.to = to;
    view = from.precision() == to.precision() && MemoryFormat.same(shape);
  }

  @Override
  public Optional<MemoryFormat> format() {
    return Optional.of(to.format());
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.of(to.precision());
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    return incoming.shape();
  }

  @Override
  public MemoryUse memory() {
    return view ? MemoryUse.VIEW : MemoryUse.SEPARATE;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(code.output().call("copy_", code.input()));
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(code.inputGradient().call("copy_", code.outputGradient()));
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return code.input();
  }
}

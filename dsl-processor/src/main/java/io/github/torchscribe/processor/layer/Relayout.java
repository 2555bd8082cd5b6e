package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.Optional;

/** Where images go over into another memory format; their values stay. */
public final class Relayout extends Layer {
  private final MemoryFormat to;
  private final boolean same;

  /**
   * A change of format.
   *
   * @param before the layer that wants it
   * @param to the wanted format
   * @param shape of one image
   */
  public Relayout(Written before, MemoryFormat to, Shape shape) {
    super(before);
    this.to = to;
    same = MemoryFormat.same(shape);
  }

  @Override
  public Optional<MemoryFormat> format() {
    return Optional.of(to);
  }

  @Override
  public Optional<Shape> output(Incoming incoming, Report report) {
    return incoming.shape();
  }

  @Override
  public boolean isView() {
    return same;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(code.output() + ".copy_(" + code.input() + ")");
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(code.inputGradient() + ".copy_(" + code.outputGradient() + ")");
    }
  }

  @Override
  public String autograd(AutogradCode code) {
    return code.input();
  }
}

package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.Traits;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;

/** {@code @Softsign}: x/(1 + |x|). */
final class SoftsignLayer extends Layer {
  SoftsignLayer(Written written, Report report) {
    super(written);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    return incoming.shape();
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.OUTPUT;
  }

  @Override
  public MemoryUse memory() {
    return MemoryUse.GRADIENT_IN_PLACE;
  }

  @Override
  public Traits traits() {
    return Traits.ACTIVATION.thatSaturates();
  }

  @Override
  public void forward(ForwardCode code) {
    String one = code.scalar("one", 1);
    code.step("abs_out(" + code.output() + ", " + code.input() + ")");
    code.step(code.output() + ".add_(" + one + ").reciprocal_().mul_(" + code.input() + ")");
  }

  /** (1 − |y|)²: 1 − |y| is 1/(1 + |x|). */
  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      String slope = code.output() + ".abs().neg_().add_(" + code.scalar("one", 1) + ").square_()";
      code.step(
          "mul_out(" + code.inputGradient() + ", " + code.outputGradient() + ", " + slope + ")");
    }
  }

  @Override
  public String autograd(AutogradCode code) {
    String input = code.input();
    return input + ".div(" + input + ".abs().add(" + code.scalar("one", 1) + "))";
  }
}

package io.github.torchscribe.processor.source;

import io.github.torchscribe.processor.layer.Shape;
import io.github.torchscribe.processor.loss.LossCode;

/** Writes the loss, forward and backward. */
record LossSteps(PassSteps.Context context, String output, Lines lines) implements LossCode {
  @Override
  public String target() {
    return "target";
  }

  @Override
  public String result() {
    return context.share().always("loss", Runtime.TENSOR, "number()");
  }

  @Override
  public String kept(String name, Shape shape) {
    return context.kept(name, shape);
  }

  @Override
  public String outputGradient() {
    return context.share().gradient(context.plan().outputGradient().orElseThrow());
  }

  @Override
  public String outputRows() {
    return context.share().activationMatrix(context.plan().output());
  }

  @Override
  public String outputGradientRows() {
    return context.share().gradientMatrix(context.plan().outputGradient().orElseThrow());
  }

  @Override
  public String perBatch(String name, String type, String value) {
    return context.share().whileTraining(name, Runtime.tensorType(type), value);
  }

  @Override
  public String always(String name, String type, String value) {
    return context.share().always(name, Runtime.tensorType(type), value);
  }

  @Override
  public void step(String statement, String comment) {
    lines.add(statement, comment);
  }
}

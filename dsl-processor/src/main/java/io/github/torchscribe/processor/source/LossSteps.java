package io.github.torchscribe.processor.source;

import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.tensor.Shape;

/** Writes the loss, forward and backward. */
record LossSteps(PassSteps.Context context, String output, Lines lines) implements LossCode {
  @Override
  public String target() {
    return "target";
  }

  @Override
  public String result() {
    return context.share().always("loss", Types.TENSOR, "number()");
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
    return context.share().whileTraining(name, Types.tensorType(type), value);
  }

  @Override
  public String always(String name, String type, String value) {
    return context.share().always(name, Types.tensorType(type), value);
  }

  @Override
  public void step(String statement, String comment) {
    lines.add(statement, comment);
  }
}

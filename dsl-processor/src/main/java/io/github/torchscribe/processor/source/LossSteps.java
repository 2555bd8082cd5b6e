package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.tensor.Shape;

/** Writes the loss, forward and backward. */
record LossSteps(PassSteps.Context context, Expression output, Lines lines) implements LossCode {
  @Override
  public Expression target() {
    return name("target");
  }

  @Override
  public Expression result() {
    return context.share().always("loss", Types.TENSOR, call("number"));
  }

  @Override
  public Expression kept(String name, Shape shape) {
    return context.keptForLoss(name, shape);
  }

  @Override
  public Expression outputGradient() {
    return context.share().gradient(context.plan().outputGradient().orElseThrow());
  }

  @Override
  public Expression outputRows() {
    return context.share().activationMatrix(context.plan().output().orElseThrow());
  }

  @Override
  public Expression outputGradientRows() {
    return context.share().gradientMatrix(context.plan().outputGradient().orElseThrow());
  }

  @Override
  public Expression perBatch(String name, Expression value) {
    return context.share().whileTraining(name, value.type(), value);
  }

  @Override
  public Expression always(String name, Expression value) {
    return context.share().always(name, value.type(), value);
  }

  @Override
  public Expression local(String name, Expression value, String comment) {
    lines.declare(Local.var(value.type(), name), value, comment);
    return name(name);
  }

  @Override
  public void step(Expression statement, String comment) {
    lines.add(statement, comment);
  }
}

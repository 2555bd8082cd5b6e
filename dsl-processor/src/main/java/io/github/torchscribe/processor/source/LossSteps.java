package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;

import com.squareup.javapoet.ClassName;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.plan.Backward;
import io.github.torchscribe.processor.plan.Buffer;
import io.github.torchscribe.processor.plan.PlannedLoss;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Writes a loss, forward and backward. Where a network has several, what belongs to one is called
 * after it.
 *
 * @param context what all steps share
 * @param at the loss, with its places
 * @param number of the loss, counted from 0
 * @param outputs what it reads
 * @param target what it compares that with
 * @param lines takes the statements
 */
record LossSteps(
    PassSteps.Context context,
    PlannedLoss at,
    int number,
    List<Expression> outputs,
    Expression target,
    Lines lines)
    implements LossCode {
  /** What is the loss' own. */
  private String own(String name) {
    return isPlain() ? name : at.objective().name() + Fields.capitalized(name);
  }

  private boolean isPlain() {
    return context.plan().graph().isPlain();
  }

  @Override
  public List<Object> which() {
    return isPlain() ? List.of() : List.of(number);
  }

  @Override
  public Expression output() {
    return outputs.get(0);
  }

  @Override
  public Expression output(int which) {
    return outputs.get(which);
  }

  @Override
  public Expression result() {
    return context.share().always(own("loss"), Types.TENSOR, call("number"));
  }

  @Override
  public Expression kept(String name, Shape shape) {
    return context.keptForLoss(own(name), shape);
  }

  @Override
  public Expression recording() {
    return context.share().always(own("lossRecording"), Types.RECORDING, call("recording"));
  }

  @Override
  public Expression outputGradient() {
    return outputGradient(0);
  }

  @Override
  public Expression outputGradient(int which) {
    return context.share().gradient(at.gradients().get(which).orElseThrow());
  }

  @Override
  public boolean wantsOutputGradient(int which) {
    return at.gradients().get(which).isPresent();
  }

  @Override
  public Expression outputRows() {
    return context.share().activationMatrix(at.outputs().get(0));
  }

  @Override
  public Expression outputGradientRows() {
    return context.share().gradientMatrix(at.gradients().get(0).orElseThrow());
  }

  @Override
  public Expression perBatch(String name, Expression value) {
    return perBatch(name, value.type(), value);
  }

  @Override
  public Expression perBatch(String name, ClassName type, Expression value) {
    return context.share().whileTraining(own(name), type, value);
  }

  @Override
  public Expression always(String name, Expression value) {
    return context.share().always(own(name), value.type(), value);
  }

  @Override
  public Expression local(String name, Expression value, String comment) {
    lines.declare(Local.var(value.type(), own(name)), value, comment);
    return name(own(name));
  }

  @Override
  public void step(Expression statement, String comment) {
    lines.add(statement, isPlain() ? comment : at.objective().name() + ": " + comment);
  }

  /** Says the whole of its backward. */
  void backward() {
    at.objective().loss().backward(this);
    double weight = at.objective().weight();
    for (Optional<Buffer> gradient : at.gradients()) {
      if (gradient.isPresent() && weight != 1) {
        Expression scalar = context.fields().scalar(own("lossWeight"), weight);
        step(context.share().gradient(gradient.get()).call("mul_", scalar), "what the loss counts");
      }
    }
    for (Backward.Sum sum : at.sums()) {
      BackwardSteps.add(sum, context.share(), lines, "over all losses");
    }
  }
}

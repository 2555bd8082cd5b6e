package io.github.torchscribe.processor.source;

import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.plan.PlannedLayer;

/** Writes one layer's forward step. */
final class ForwardSteps extends PassSteps implements ForwardCode {
  private final Lines lines;

  ForwardSteps(Context context, PlannedLayer at, Lines lines) {
    super(context, at);
    this.lines = lines;
  }

  @Override
  public String input() {
    return context.share().activation(at.input());
  }

  @Override
  public String inputRows() {
    return context.share().activationMatrix(at.input());
  }

  @Override
  public String output() {
    return context.share().activation(at.output());
  }

  @Override
  public String outputRows() {
    return context.share().activationMatrix(at.output());
  }

  @Override
  public String inputRow() {
    return context.share().activationRow(at.input());
  }

  @Override
  public String outputRow() {
    return context.share().activationRow(at.output());
  }

  @Override
  public void stepForOne(String one, String more) {
    lines.choose("n == 1", one, more, comment());
  }

  @Override
  public String skipped() {
    return context.share().activation(at.skipped().orElseThrow());
  }

  @Override
  public boolean inPlace() {
    return at.inPlace();
  }

  @Override
  public String transposed(String name) {
    if (!isLowered()) {
      return context.fields().transposed(at.node(), name);
    }
    String parameter = parameter(name);
    return context.share().always(parameter + "T", Types.TENSOR, parameter + ".t()");
  }

  @Override
  public void step(String statement) {
    lines.add(statement, comment());
  }

  @Override
  public void part(String statement, String what) {
    lines.add(statement, at.node().label() + ": " + what);
  }

  @Override
  public void step(String training, String evaluation) {
    lines.choose("isTraining()", training, evaluation, comment());
  }

  private String comment() {
    String where = inPlace() ? ", in place" : "";
    return at.node().output().batch("n") + "  " + at.node().label() + where;
  }
}

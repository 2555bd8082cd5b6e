package io.github.torchscribe.processor.source;

import io.github.torchscribe.processor.layer.ForwardCode;
import io.github.torchscribe.processor.plan.Step;

/** Writes one layer's forward step. */
record ForwardSteps(Step at, Fields fields, ShareFields share, Lines lines) implements ForwardCode {
  @Override
  public String input() {
    return share.activation(at.input());
  }

  @Override
  public String inputRows() {
    return share.activationMatrix(at.input());
  }

  @Override
  public String output() {
    return share.activation(at.output());
  }

  @Override
  public String outputRows() {
    return share.activationMatrix(at.output());
  }

  @Override
  public boolean inPlace() {
    return at.inPlace();
  }

  @Override
  public String parameter(String name) {
    return Fields.parameter(at.node(), name);
  }

  @Override
  public String transposed(String name) {
    return fields.transposed(at.node(), name);
  }

  @Override
  public String scalar(String role, double value) {
    return fields.scalar(role, value);
  }

  @Override
  public void step(String statement) {
    String where = inPlace() ? ", in place" : "";
    lines.add(statement, at.node().output().batch("n") + "  " + at.node().label() + where);
  }
}

package io.github.torchscribe.processor.source;

import io.github.torchscribe.processor.layer.BackwardCode;
import io.github.torchscribe.processor.layer.ParameterSpec;
import io.github.torchscribe.processor.layer.Shape;
import io.github.torchscribe.processor.plan.Buffer;
import io.github.torchscribe.processor.plan.Step;

/**
 * Writes one layer's backward step: either its parameters' gradients go into the flat buffer, or,
 * when descending, each goes straight into its parameter.
 */
record BackwardSteps(
    Step at,
    Fields fields,
    BufferClass activations,
    BufferClass gradients,
    boolean descending,
    Lines lines)
    implements BackwardCode {
  @Override
  public String input() {
    return activations.plain(at.input());
  }

  @Override
  public String inputRows() {
    return activations.rows(at.input());
  }

  @Override
  public String output() {
    return activations.plain(at.output());
  }

  @Override
  public String outputGradient() {
    return gradients.plain(ofOutput());
  }

  @Override
  public String outputGradientRows() {
    return gradients.rows(ofOutput());
  }

  @Override
  public String outputGradientTransposed() {
    return gradients.transposedRows(ofOutput());
  }

  @Override
  public boolean wantsInputGradient() {
    return at.inputGradient().isPresent();
  }

  @Override
  public String inputGradient() {
    return gradients.plain(ofInput());
  }

  @Override
  public String inputGradientRows() {
    return gradients.rows(ofInput());
  }

  @Override
  public String parameter(String name) {
    return Fields.parameter(at.node(), name);
  }

  @Override
  public String scalar(String role, double value) {
    return fields.scalar(role, value);
  }

  @Override
  public void step(String statement) {
    lines.add(statement, ofInput().shape().batch("n"));
  }

  @Override
  public void productGradient(String name, String left, String right) {
    String operands = left + ", " + right;
    String statement =
        descending
            ? parameter(name) + ".addmm_(" + operands + ", " + scalar("one", 1) + ", minusLr)"
            : "mm_out(" + Fields.gradient(at.node(), name) + ", " + operands + ")";
    lines.add(statement, shapeOf(name));
  }

  @Override
  public void sumGradient(String name, String matrix) {
    String gradient = Fields.gradient(at.node(), name);
    lines.add("sum_out(" + gradient + ", " + matrix + ", 0)", shapeOf(name));
    if (descending) {
      lines.add(parameter(name) + ".add_(" + gradient + ", minusLr)", shapeOf(name));
    }
  }

  private String shapeOf(String name) {
    for (ParameterSpec parameter : at.node().parameters()) {
      if (parameter.name().equals(name)) {
        return whole(parameter.shape());
      }
    }
    throw new IllegalArgumentException(at.node().label() + " has no parameter " + name);
  }

  static String whole(Shape shape) {
    return "(" + shape.list() + ")";
  }

  private Buffer ofInput() {
    return at.inputGradient().orElseThrow();
  }

  private Buffer ofOutput() {
    return at.outputGradient().orElseThrow();
  }
}

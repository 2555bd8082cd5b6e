package io.github.torchscribe.processor.source;

import io.github.torchscribe.processor.layer.BackwardCode;
import io.github.torchscribe.processor.layer.ParameterSpec;
import io.github.torchscribe.processor.layer.Shape;
import io.github.torchscribe.processor.plan.Buffer;
import io.github.torchscribe.processor.plan.Step;
import java.util.Optional;

/**
 * Writes one layer's backward step: first the gradient of its input; then its parameters'
 * gradients, into the flat buffer, and, where the network descends, the same again straight into
 * each parameter.
 */
record BackwardSteps(
    Step at,
    Fields fields,
    ShareFields share,
    Lines backward,
    Lines gradients,
    Optional<Lines> descend)
    implements BackwardCode {
  @Override
  public String input() {
    return share.activation(at.input());
  }

  @Override
  public String output() {
    return share.activation(at.output());
  }

  @Override
  public String outputGradient() {
    return share.gradient(ofOutput());
  }

  @Override
  public String outputGradientRows() {
    return share.gradientMatrix(ofOutput());
  }

  @Override
  public boolean wantsInputGradient() {
    return at.inputGradient().isPresent();
  }

  @Override
  public String inputGradient() {
    return share.gradient(ofInput());
  }

  @Override
  public String inputGradientRows() {
    return share.gradientMatrix(ofInput());
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
    backward.add(statement, ofInput().shape().batch("n") + "  " + at.node().label());
  }

  @Override
  public void productGradient(String name) {
    String product = share.gradientPart(ofOutput()) + ", " + share.wholeActivation(at.input());
    gradients.add("mm_out(" + gradientPart(name) + ", " + product + ")", comment(name));
    descend.ifPresent(
        lines ->
            lines.add(
                parameterPart(name) + ".addmm_(" + product + ", " + scalar("one", 1) + ", minusLr)",
                comment(name)));
  }

  @Override
  public void sumGradient(String name) {
    String sum = "sum_out(" + gradientPart(name) + ", " + share.gradientPart(ofOutput()) + ", 1)";
    gradients.add(sum, comment(name));
    descend.ifPresent(
        lines ->
            lines
                .add(sum, comment(name))
                .add(
                    parameterPart(name) + ".add_(" + gradientPart(name) + ", minusLr)",
                    comment(name)));
  }

  private String parameterPart(String name) {
    return share.parameterPart(at.node(), name);
  }

  private String gradientPart(String name) {
    return share.parameterGradientPart(at.node(), name);
  }

  private String comment(String name) {
    for (ParameterSpec parameter : at.node().parameters()) {
      if (parameter.name().equals(name)) {
        return at.node().index() + "." + name + " " + whole(parameter.shape());
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

package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** Writes what one layer is in ONNX. */
record OnnxSteps(Node node, List<Expression> values, Lines lines) implements OnnxCode {
  @Override
  public Expression input() {
    return values.get(0);
  }

  @Override
  public Expression input(int which) {
    return values.get(which);
  }

  @Override
  public Shape inputShape() {
    return node.input();
  }

  @Override
  public int inputs() {
    return values.size();
  }

  @Override
  public Shape inputShape(int which) {
    return node.inputs().get(which);
  }

  @Override
  public Shape outputShape() {
    return node.output();
  }

  /** Under the name that it has in files: its own, or that of the layer whose it is. */
  @Override
  public Expression parameter(String name) {
    String home =
        node.parameter(name)
            .flatMap(ParameterSpec::tie)
            .map(ParameterSpec.Tie::path)
            .orElse(node.path());
    return call("parameter", home + "." + name);
  }

  @Override
  public Expression let(String role, Expression value) {
    String variable = node.variable() + Fields.capitalized(role);
    lines.declare(new Local(Types.ONNX_VALUE, true, variable), value, "");
    return name(variable);
  }

  @Override
  public Expression missing(String why) {
    return call("missing", node.label() + ": " + why);
  }
}

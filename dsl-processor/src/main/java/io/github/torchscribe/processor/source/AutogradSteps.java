package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** Writes one layer's forward step for autograd. */
record AutogradSteps(Node node, List<Expression> values, Fields fields) implements AutogradCode {
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
  public Object isLearning(String name) {
    return node.evaluates() ? false : call("isLearning", parameter(name));
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

  @Override
  public Expression parameter(String name) {
    return name(Fields.parameter(node, name));
  }

  @Override
  public Expression optional(String name) {
    return fields.optional(node, name);
  }

  @Override
  public Expression longs(String role, long... values) {
    return fields.longs(role, values);
  }

  @Override
  public Expression scalar(String role, double value) {
    return fields.scalar(role, value);
  }
}

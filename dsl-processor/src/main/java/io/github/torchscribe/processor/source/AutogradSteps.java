package io.github.torchscribe.processor.source;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.tensor.Shape;

/** Writes one layer's forward step for autograd. */
record AutogradSteps(Node node, String input, String skipped, Fields fields)
    implements AutogradCode {
  @Override
  public Shape inputShape() {
    return node.input();
  }

  @Override
  public Shape outputShape() {
    return node.output();
  }

  @Override
  public String parameter(String name) {
    return Fields.parameter(node, name);
  }

  @Override
  public String optional(String name) {
    return fields.optional(node, name);
  }

  @Override
  public String longs(String role, long... values) {
    return fields.longs(role, values);
  }

  @Override
  public String scalar(String role, double value) {
    return fields.scalar(role, value);
  }
}

package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;

import io.github.torchscribe.dsl.Init;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.graph.Initial;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.tensor.ParameterSpec;

/** Writes how one layer's parameters begin. */
record InitSteps(Node node, Initial initial, Lines lines) implements InitCode {
  @Override
  public Expression parameter(String name) {
    Expression parameter = name(Fields.parameter(node, name));
    boolean isOthers = node.parameter(name).flatMap(ParameterSpec::tie).isPresent();
    // PyTorch draws what the layer begins with, and forgets it when the other's takes its place.
    return isOthers ? call("empty_like", parameter) : parameter;
  }

  @Override
  public Expression generator() {
    return name("generator");
  }

  @Override
  public boolean byScheme(String name) {
    Expression value = parameter(name);
    switch (initial.scheme()) {
      case DEFAULT -> {
        return false;
      }
      case KAIMING_NORMAL -> step(call("kaimingNormal", value, generator()));
      case KAIMING_UNIFORM -> step(call("kaimingUniform", value, 0, generator()));
      case XAVIER_NORMAL -> step(call("xavierNormal", value, generator()));
      case XAVIER_UNIFORM -> step(call("xavierUniform", value, generator()));
      case NORMAL -> step(value.call("normal_", 0.0, initial.std(), generator()));
      default -> throw new IllegalStateException(initial.scheme().name());
    }
    return true;
  }

  @Override
  public boolean byNormal(String name) {
    return initial.scheme() == Init.Scheme.NORMAL && byScheme(name);
  }

  @Override
  public void step(Expression statement) {
    lines.add(statement);
  }
}

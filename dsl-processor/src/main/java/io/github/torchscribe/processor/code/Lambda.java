package io.github.torchscribe.processor.code;

import java.util.List;

/**
 * A function.
 *
 * @param parameters their names
 * @param body what it gives
 */
record Lambda(String parameters, Expression body) implements Expression {
  @Override
  public List<Expression> operands() {
    return List.of(body);
  }

  @Override
  public int bytes() {
    return 8; // aload_0, invokedynamic; the body is in a method of its own
  }

  @Override
  public void write(Text text) {
    text.add(parameters + " -> ");
    body.write(text);
  }
}

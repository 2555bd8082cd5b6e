package io.github.torchscribe.processor.code;

import java.util.List;

/**
 * A new array.
 *
 * @param of the type of its elements, in full
 * @param operands its elements
 */
record NewArray(String of, List<Expression> operands) implements Expression {
  @Override
  public int bytes() {
    return 8; // its length, newarray
  }

  @Override
  public void write(Text text) {
    text.add("new " + of + "[] {").list(operands).add("}");
  }
}

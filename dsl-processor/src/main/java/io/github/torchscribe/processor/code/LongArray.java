package io.github.torchscribe.processor.code;

import java.util.List;

/**
 * A new array of whole numbers.
 *
 * @param operands its elements
 */
record LongArray(List<Expression> operands) implements Expression {
  @Override
  public int bytes() {
    return 8; // its length, newarray
  }

  @Override
  public void write(Text text) {
    text.add("new long[] {").list(operands).add("}");
  }
}

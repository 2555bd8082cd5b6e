package io.github.torchscribe.processor.code;

import java.util.List;

/**
 * A whole number as one with a fraction.
 *
 * @param operand the number
 */
record ToDouble(Expression operand) implements Expression {
  @Override
  public List<Expression> operands() {
    return List.of(operand);
  }

  @Override
  public int bytes() {
    return 1;
  }

  @Override
  public void write(Text text) {
    text.add("(double) ").grouped(operand);
  }
}

package io.github.torchscribe.processor.code;

import java.util.List;

/**
 * Two operands with an operator between them.
 *
 * @param left the first
 * @param operator as Java has it; all that are used go from left to right
 * @param right the second
 */
record Operation(Expression left, String operator, Expression right) implements Expression {
  @Override
  public List<Expression> operands() {
    return List.of(left, right);
  }

  @Override
  public int bytes() {
    return 8; // a conversion and the operation, or a branch
  }

  @Override
  public void write(Text text) {
    text.add(left).add(" " + operator + " ").grouped(right);
  }
}

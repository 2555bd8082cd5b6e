package io.github.torchscribe.processor.code;

import java.util.List;

/**
 * One of two.
 *
 * @param condition decides
 * @param yes where it holds
 * @param no where it does not
 */
record Choice(Expression condition, Expression yes, Expression no) implements Expression {
  @Override
  public List<Expression> operands() {
    return List.of(condition, yes, no);
  }

  @Override
  public int bytes() {
    return 8; // two branches
  }

  @Override
  public void write(Text text) {
    condition.write(text);
    text.add(" ? ");
    yes.write(text);
    text.add(" : ");
    no.write(text);
  }
}

package io.github.torchscribe.processor.code;

import com.squareup.javapoet.ClassName;

/**
 * A constant of a class.
 *
 * @param home the class
 * @param name as it is declared there
 */
record Constant(ClassName home, String name) implements Expression {
  @Override
  public int bytes() {
    return 3; // getstatic
  }

  @Override
  public void write(Text text) {
    text.add(home).add("." + name);
  }
}

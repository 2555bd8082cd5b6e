package io.github.torchscribe.processor.code;

import com.squareup.javapoet.ClassName;

/**
 * A class, of which a static method is called.
 *
 * @param type the class
 */
record Home(ClassName type) implements Expression {
  @Override
  public int bytes() {
    return 0;
  }

  @Override
  public void write(Text text) {
    text.add(type);
  }
}

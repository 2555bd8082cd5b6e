package io.github.torchscribe.processor.source;

import com.squareup.javapoet.ClassName;
import io.github.torchscribe.processor.code.Types;

/**
 * A local variable.
 *
 * @param type of the field that it becomes where a method is divided
 * @param isNamed whether the type stands there as long as it does not; else {@code var}
 */
record Local(ClassName type, boolean isNamed, String name) {
  /** A tensor. */
  static Local tensor(String name) {
    return new Local(Types.TENSOR, true, name);
  }

  /** A value whose type tells nobody anything. */
  static Local var(ClassName type, String name) {
    return new Local(type, false, name);
  }
}

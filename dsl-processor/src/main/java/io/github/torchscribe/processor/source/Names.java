package io.github.torchscribe.processor.source;

import com.squareup.javapoet.ClassName;

/**
 * What the classes of a source are called, so that each name means what it was written for,
 * whatever names the user has.
 *
 * <p>JavaPoet imports our types by name, which goes before a type of the user's package; where the
 * network's own interface is called like one of ours, it writes ours in full. Only classes inside
 * the model's would still hide the interface: they are called otherwise then. Nothing of ours
 * inherits from it but a class without a body ({@link StackWriter}), so that none of its members is
 * in sight.
 *
 * @param declared the network's interface
 */
record Names(ClassName declared) {
  /** The class that computes. */
  String rows() {
    return other("Rows");
  }

  /** The class that computes a text position by position. */
  String textRows() {
    return other("TextRows");
  }

  /** The class that says what the network is in ONNX. */
  String onnx() {
    return other("Onnx");
  }

  /** The class with the methods that layers stand on. */
  ClassName stacks() {
    return ClassName.get("", other("Stacks"));
  }

  /** The class that implements the interface. */
  ClassName whole() {
    return ClassName.get("", other("Whole"));
  }

  private String other(String name) {
    return declared.topLevelClassName().simpleName().equals(name) ? name + "_" : name;
  }
}

package io.github.torchscribe.processor.code;

/** How a layer says the way its parameters begin. */
public interface InitCode {
  /**
   * A parameter's name in the generated code.
   *
   * @param name PyTorch's
   * @return a field
   */
  String parameter(String name);

  /**
   * Draws a weight by the network's {@code @Init}.
   *
   * @param name PyTorch's
   * @return false when the network names no scheme: the layer's own holds
   */
  boolean byScheme(String name);

  /**
   * Adds a statement.
   *
   * @param statement without semicolon
   */
  void step(String statement);
}

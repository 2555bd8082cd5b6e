package io.github.torchscribe.processor.code;

/** How a layer says the way its parameters begin. */
public interface InitCode {
  /**
   * A parameter's name in the generated code.
   *
   * @param name PyTorch's
   * @return a field
   */
  Expression parameter(String name);

  /**
   * What random numbers are drawn by.
   *
   * @return the last operand of each method that draws
   */
  Expression generator();

  /**
   * Draws a weight by the network's {@code @Init}.
   *
   * @param name PyTorch's
   * @return false when the network names no scheme: the layer's own holds
   */
  boolean byScheme(String name);

  /**
   * The same for what begins in a way of its own whatever {@code @Init} says, unless that names a
   * normal distribution.
   *
   * @param name PyTorch's
   * @return whether it does
   */
  boolean byNormal(String name);

  /**
   * Adds a statement.
   *
   * @param statement a call
   */
  void step(Expression statement);
}

package io.github.torchscribe.processor.code;

/** What every step of a layer may refer to: fields and constants of the generated model. */
public interface ModelCode extends ShapeCode {
  /**
   * Whether the layer goes on remembering in a pass: in a training step's, unless it is frozen.
   *
   * @param name of what it remembers, PyTorch's
   * @return an expression, or false where that is known
   */
  Object isLearning(String name);

  /**
   * A parameter, or what the layer remembers besides.
   *
   * @param name PyTorch's
   * @return a field
   */
  Expression parameter(String name);

  /**
   * A parameter as libtorch's {@code TensorOptional}, made once.
   *
   * @param name PyTorch's
   * @return a field
   */
  Expression optional(String name);

  /**
   * A number as libtorch's {@code Scalar}, made once.
   *
   * @param role says what it is, for its name
   * @param value the number
   * @return a field
   */
  Expression scalar(String role, double value);

  /**
   * Whole numbers, made once.
   *
   * @param role says what they are, for their name
   * @param values the numbers
   * @return a constant of type {@code long[]}
   */
  Expression longs(String role, long... values);
}

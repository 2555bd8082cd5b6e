package io.github.torchscribe.processor.code;

import io.github.torchscribe.processor.tensor.Shape;

/** How a loss says its steps. All texts are Java expressions of the generated class. */
public interface LossCode {
  /**
   * The network's output.
   *
   * @return a tensor of the output's shape
   */
  String output();

  /**
   * The network's output as a matrix: all dimensions but the last are rows.
   *
   * @return a tensor with two dimensions
   */
  String outputRows();

  /**
   * What the output should have been.
   *
   * @return a tensor
   */
  String target();

  /**
   * Where the loss goes, a mean over the rows at hand.
   *
   * @return a tensor without dimensions
   */
  String result();

  /**
   * A result of forward that backward reads; made once.
   *
   * @param name of the buffer
   * @param shape for one example
   * @return a tensor
   */
  String kept(String name, Shape shape);

  /**
   * Where the gradient of the output goes; in backward only.
   *
   * @return a tensor of the output's shape
   */
  String outputGradient();

  /**
   * Where the gradient of the output goes, as a matrix; in backward only.
   *
   * @return a tensor with two dimensions
   */
  String outputGradientRows();

  /**
   * A constant for the batch size at hand.
   *
   * @param name of the constant
   * @param type simple name of a class of libtorch's
   * @param value an expression, as with {@link #perBatch}
   * @return a field
   */
  String always(String name, String type, String value);

  /**
   * A constant for the batch size at hand; in backward only.
   *
   * @param name of the constant
   * @param type of the constant: {@code Scalar} or {@code Tensor}
   * @param value an expression, in which {@code n} is the number of rows at hand and {@code total}
   *     the batch size
   * @return a field
   */
  String perBatch(String name, String type, String value);

  /**
   * Adds a statement.
   *
   * @param statement without semicolon
   * @param comment the shape of what it computes
   */
  void step(String statement, String comment);
}

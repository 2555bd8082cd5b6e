package io.github.torchscribe.processor.layer;

/** How a layer says its backward step. All texts are Java expressions of the generated class. */
public interface BackwardCode {
  /**
   * The layer's input in the forward pass.
   *
   * @return only for layers that {@linkplain Layer#needsInput() need} it
   */
  String input();

  /**
   * The layer's input in the forward pass, as a matrix.
   *
   * @return a tensor with two dimensions
   */
  String inputRows();

  /**
   * The layer's output in the forward pass.
   *
   * @return only for layers that {@linkplain Layer#needsOutput() need} it
   */
  String output();

  /**
   * The gradient of the output; has been computed.
   *
   * @return a tensor of the output's shape
   */
  String outputGradient();

  /**
   * The gradient of the output, as a matrix.
   *
   * @return a tensor with two dimensions
   */
  String outputGradientRows();

  /**
   * The gradient of the output, as a matrix, transposed.
   *
   * @return a tensor with two dimensions
   */
  String outputGradientTransposed();

  /**
   * Whether anybody needs the gradient of the input.
   *
   * @return false where no parameter lies before
   */
  boolean wantsInputGradient();

  /**
   * Where the gradient of the input goes. Element-wise layers find the output's gradient there.
   *
   * @return a tensor of the input's shape
   */
  String inputGradient();

  /**
   * Where the gradient of the input goes, as a matrix.
   *
   * @return a tensor with two dimensions
   */
  String inputGradientRows();

  /**
   * A parameter.
   *
   * @param name PyTorch's
   * @return a field
   */
  String parameter(String name);

  /**
   * A number as libtorch's {@code Scalar}, made once.
   *
   * @param role says what it is, for its name
   * @param value the number
   * @return a field
   */
  String scalar(String role, double value);

  /**
   * Adds a statement that computes the gradient of the input.
   *
   * @param statement without semicolon
   */
  void step(String statement);

  /**
   * States that a parameter's gradient is a product of two matrices. Comes after all statements
   * that read the parameter: the update may happen here.
   *
   * @param name PyTorch's
   * @param left a matrix
   * @param right a matrix
   */
  void productGradient(String name, String left, String right);

  /**
   * States that a parameter's gradient is the sum of a matrix' rows.
   *
   * @param name PyTorch's
   * @param matrix the rows
   */
  void sumGradient(String name, String matrix);
}

package io.github.torchscribe.processor.layer;

/** How a layer says its forward step. All texts are Java expressions of the generated class. */
public interface ForwardCode {
  /**
   * What arrives.
   *
   * @return a tensor of the input's shape
   */
  String input();

  /**
   * What arrives, as a matrix: all dimensions but the last are rows.
   *
   * @return a tensor with two dimensions
   */
  String inputRows();

  /**
   * Where the result goes; the input's own memory when {@link #inPlace()}.
   *
   * @return a tensor of the output's shape
   */
  String output();

  /**
   * Where the result goes, as a matrix.
   *
   * @return a tensor with two dimensions
   */
  String outputRows();

  /**
   * Whether the result overwrites the input.
   *
   * @return only for layers that {@linkplain Layer#worksInPlace() can}
   */
  boolean inPlace();

  /**
   * A parameter.
   *
   * @param name PyTorch's
   * @return a field
   */
  String parameter(String name);

  /**
   * A parameter's transpose, made once.
   *
   * @param name PyTorch's
   * @return a field
   */
  String transposed(String name);

  /**
   * A number as libtorch's {@code Scalar}, made once.
   *
   * @param role says what it is, for its name
   * @param value the number
   * @return a field
   */
  String scalar(String role, double value);

  /**
   * Adds a statement.
   *
   * @param statement without semicolon
   */
  void step(String statement);
}

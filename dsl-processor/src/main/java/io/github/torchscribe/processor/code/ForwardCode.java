package io.github.torchscribe.processor.code;

/** How a layer says its forward step. All texts are Java expressions of the generated class. */
public interface ForwardCode extends PassCode {
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
   * What arrives as a vector, for a batch of one example.
   *
   * @return a tensor with one dimension
   */
  String inputRow();

  /**
   * Where the result goes as a vector, for a batch of one example.
   *
   * @return a tensor with one dimension
   */
  String outputRow();

  /**
   * What went past the layers before, where both are joined.
   *
   * @return a tensor of the output's shape
   */
  String skipped();

  /**
   * Whether the result overwrites the input.
   *
   * @return only for layers that can
   */
  boolean inPlace();

  /**
   * A parameter's transpose, made once.
   *
   * @param name PyTorch's
   * @return a field
   */
  String transposed(String name);

  /**
   * Adds a statement.
   *
   * @param statement without semicolon
   */
  void step(String statement);

  /**
   * Adds a statement that is one of many of the layer.
   *
   * @param statement without semicolon
   * @param what it computes
   */
  void part(String statement, String what);

  /**
   * Adds a statement that runs for a batch of one example, and another that runs otherwise.
   *
   * @param one without semicolon
   * @param more without semicolon
   */
  void stepForOne(String one, String more);

  /**
   * Adds a statement that runs while training, and another that runs otherwise.
   *
   * @param training without semicolon
   * @param evaluation without semicolon
   */
  void step(String training, String evaluation);
}

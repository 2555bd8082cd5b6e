package io.github.torchscribe.processor.layer;

/** What a layer needs to say its forward step as one differentiable expression. */
public interface AutogradCode {
  /**
   * What arrives.
   *
   * @return a tensor of the input's shape
   */
  String input();

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
}

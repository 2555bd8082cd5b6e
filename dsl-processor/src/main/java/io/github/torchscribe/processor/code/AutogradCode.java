package io.github.torchscribe.processor.code;

/** What a layer needs to say its forward step as one differentiable expression. */
public interface AutogradCode extends ModelCode {
  /**
   * What arrives.
   *
   * @return a tensor of the input's shape
   */
  Expression input();

  /**
   * What went past the layers before, where both are joined.
   *
   * @return a tensor of the output's shape
   */
  Expression skipped();
}

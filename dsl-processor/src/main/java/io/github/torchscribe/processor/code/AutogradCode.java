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
   * One of several values that arrive.
   *
   * @param which counted from 0
   * @return a tensor of that value's shape
   */
  Expression input(int which);
}

package io.github.torchscribe.processor.optim;

import com.squareup.javapoet.CodeBlock;

/** The optimizer of a network, with its values. */
public interface Optimizer {
  /**
   * An expression that makes the runtime's optimizer.
   *
   * @return for example {@code new Sgd(0.01, 0.0, 0.0, 0.0, false)}
   */
  CodeBlock construction();

  /**
   * Whether a step is no more than p ← p − lr·g; then it can be fused into the gradient's product.
   *
   * @return true when nothing else is asked for
   */
  boolean isPlainDescent();
}

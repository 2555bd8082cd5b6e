package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Cross-entropy between the softmax of the network's output and the right class, {@code
 * torch.nn.CrossEntropyLoss}, in nats, averaged over the targets that count:
 *
 * <p>loss = −1/N · Σₙ ln( e^x[n, y[n]] / Σ꜀ e^x[n, c] )
 *
 * <p>Softmax is part of the loss: the last layer gives raw scores (logits), without an activation.
 *
 * <h2>Shape</h2>
 *
 * Network output {@code (N, C)} with C ≥ 2 classes; targets {@code (N)}, 64-bit integers from 0 to
 * C − 1, or {@link #ignoreIndex}; loss a single number. Also {@code (N, C, *)} with targets {@code
 * (N, *)}, a class for each place; or {@code (N, *, C)} with {@code dim = -1}.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({200, 10})
 * @CrossEntropyLoss
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(CrossEntropyLoss.Repeated.class)
public @interface CrossEntropyLoss {
  /**
   * How much a class counts: the loss is then the weighted mean.
   *
   * @return one number of at least 0 for each class; all 1 unless stated otherwise
   */
  double[] weight() default {};

  /**
   * The target that does not count: neither in the loss, whose mean is one over the others, nor in
   * accuracy and metrics. A batch of which nothing counts has the loss NaN and the gradient 0.
   *
   * @return any number, a class or not, such as -100 or 255
   */
  int ignoreIndex() default -100;

  /**
   * The share of each target that is spread over all classes (Szegedy et al., 2016).
   *
   * @return from 0 to 1
   */
  double labelSmoothing() default 0;

  /**
   * The dimension that holds the classes' scores: 1, as PyTorch has it, or -1, the last, for
   * sequences (N, L, C).
   *
   * @return 1 unless stated otherwise
   */
  int dim() default 1;

  /** Holds several, as the Java language asks; never written by hand. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target({ElementType.TYPE, ElementType.METHOD})
  @interface Repeated {
    /**
     * The annotations in the order written.
     *
     * @return all of them
     */
    CrossEntropyLoss[] value();
  }
}

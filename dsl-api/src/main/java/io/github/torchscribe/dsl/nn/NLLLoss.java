package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Negative log likelihood, {@code torch.nn.NLLLoss}, in nats, averaged over the targets that count:
 * loss = −1/N · Σ x[n, y[n]]. With {@link LogSoftmax} before it the same as {@link
 * CrossEntropyLoss}.
 *
 * <h2>Shape</h2>
 *
 * Network output {@code (N, C)} or {@code (N, C, *)}, logarithms of probabilities; targets {@code
 * (N)} or {@code (N, *)}, 64-bit integers from 0 to C − 1, or {@link #ignoreIndex}; loss a single
 * number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({64, 10}) @LogSoftmax
 * @NLLLoss
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(NLLLoss.Repeated.class)
public @interface NLLLoss {
  /**
   * The target that does not count: neither in the loss, whose mean is one over the others, nor in
   * accuracy and metrics. A batch of which nothing counts has the loss NaN and the gradient 0.
   *
   * @return any number, a class or not, such as -100 or 255
   */
  int ignoreIndex() default -100;

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
    NLLLoss[] value();
  }
}

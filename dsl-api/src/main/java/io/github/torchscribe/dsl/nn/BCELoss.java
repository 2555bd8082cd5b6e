package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binary cross-entropy, {@code torch.nn.BCELoss}, in nats, averaged over all outputs of the batch:
 * loss = −1/(N·K) · Σ [ y·ln x + (1 − y)·ln(1 − x) ], with logarithms of at least −100. {@link
 * BCEWithLogitsLoss} does the same with the sigmoid inside, and stays exact where a sigmoid is 0 or
 * 1.
 *
 * <h2>Shape</h2>
 *
 * Network output {@code (N, *)}, probabilities from 0 to 1; targets of the same shape, 32-bit
 * floats from 0 to 1; loss a single number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({64, 1}) @Sigmoid
 * @BCELoss
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(BCELoss.Repeated.class)
public @interface BCELoss {
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
    BCELoss[] value();
  }
}

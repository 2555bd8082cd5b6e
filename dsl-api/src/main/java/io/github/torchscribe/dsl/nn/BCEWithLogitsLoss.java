package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binary cross-entropy between the sigmoid of the network's output and the target, {@code
 * torch.nn.BCEWithLogitsLoss}, in nats, averaged over all outputs of the batch:
 *
 * <p>loss = −1/(N·K) · Σ [ y·ln σ(x) + (1 − y)·ln(1 − σ(x)) ] = 1/(N·K) · Σ [ (1 − y)·x − ln σ(x) ]
 *
 * <p>The sigmoid is part of the loss, which so stays finite for any x: the last layer gives raw
 * scores (logits), without an activation. Each output decides for itself: a logit above 0 is a
 * probability above ½, that is a yes. One output tells two classes apart; several are labels of
 * which any number may apply.
 *
 * <h2>Shape</h2>
 *
 * Network output {@code (N, *)} with K numbers for each example; targets of the same shape, 32-bit
 * floats from 0 to 1; loss a single number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({784, 1})
 * @BCEWithLogitsLoss
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(BCEWithLogitsLoss.Repeated.class)
public @interface BCEWithLogitsLoss {
  /**
   * How much a yes counts, against a no: p·y·ln σ(x) takes the place of y·ln σ(x).
   *
   * @return one number above 0 for each of the last dimension's outputs, or a single one for all of
   *     them; all 1 unless stated otherwise
   */
  double[] posWeight() default {};

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
    BCEWithLogitsLoss[] value();
  }
}

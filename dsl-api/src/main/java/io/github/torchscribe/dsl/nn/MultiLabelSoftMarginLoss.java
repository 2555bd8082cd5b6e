package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Whether each of several labels applies, {@code torch.nn.MultiLabelSoftMarginLoss}, averaged over
 * all outputs of the batch:
 *
 * <p>loss = −1/(N·K) · Σ w·[ y·ln σ(x) + (1 − y)·ln(1 − σ(x)) ]
 *
 * <p>The sigmoid is part of the loss, as with {@link BCEWithLogitsLoss}, which is the same without
 * weights: the last layer gives raw scores (logits), and a logit above 0 is a yes.
 *
 * <h2>Shape</h2>
 *
 * Network output {@code (N, *, K)}; targets of the same shape, 32-bit floats from 0 to 1; loss a
 * single number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({784, 5})
 * @MultiLabelSoftMarginLoss
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(MultiLabelSoftMarginLoss.Repeated.class)
public @interface MultiLabelSoftMarginLoss {
  /**
   * How much each label counts, w.
   *
   * @return one number above 0 for each of the last dimension's outputs, or a single one for all of
   *     them; all 1 unless stated otherwise
   */
  double[] weight() default {};

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
    MultiLabelSoftMarginLoss[] value();
  }
}

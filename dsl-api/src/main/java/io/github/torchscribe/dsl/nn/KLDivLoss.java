package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Kullback-Leibler divergence, {@code torch.nn.KLDivLoss}, in nats: Σ y·(ln y − x), of targets that
 * are probabilities from outputs that are their logarithms.
 *
 * <h2>Shape</h2>
 *
 * Network output {@code (N, *)}, logarithms of probabilities; targets of the same shape, 32-bit
 * floats; loss a single number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({64, 10}) @LogSoftmax
 * @KLDivLoss(reduction = KLDivLoss.Reduction.BATCHMEAN)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(KLDivLoss.Repeated.class)
public @interface KLDivLoss {
  /** What the sum is divided by. */
  enum Reduction {
    /** The number of outputs, N·K, PyTorch's default, which is not the divergence's definition. */
    MEAN,
    /** The number of examples, N, as the divergence is defined. */
    BATCHMEAN,
    /** Nothing. */
    SUM
  }

  /**
   * What the sum is divided by.
   *
   * @return the number of outputs unless stated otherwise
   */
  Reduction reduction() default Reduction.MEAN;

  /**
   * Whether targets are logarithms, too: then Σ e^y·(y − x).
   *
   * @return false unless stated otherwise
   */
  boolean logTarget() default false;

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
    KLDivLoss[] value();
  }
}

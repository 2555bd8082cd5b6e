package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The first value shall be above the second, or below it, {@code torch.nn.MarginRankingLoss},
 * averaged over all numbers:
 *
 * <p>loss = mean of max(0, −y·(a − b) + margin)
 *
 * <p>It stands on a method without layers, whose parameters are the values that it reads. Targets
 * are called like that method.
 *
 * <h2>Shape</h2>
 *
 * Two values of one shape, {@code (N, *)}; targets of the same shape, 32-bit floats, each 1, where
 * the first shall be above, or −1; loss a single number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @MarginRankingLoss(margin = 0.1)
 * Tensor order(Tensor first, Tensor second);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(MarginRankingLoss.Repeated.class)
public @interface MarginRankingLoss {
  /**
   * How far apart is far enough.
   *
   * @return at least 0
   */
  double margin() default 0;

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
    MarginRankingLoss[] value();
  }
}

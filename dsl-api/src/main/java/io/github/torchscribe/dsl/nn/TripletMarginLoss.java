package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An anchor shall be nearer to what is like it than to what is not, {@code
 * torch.nn.TripletMarginLoss} (Balntas et al., 2016), averaged over the batch; it takes no targets:
 *
 * <p>loss = mean of max(0, d(a, p) − d(a, n) + margin) with d(x, y) = ‖x − y + eps‖ₚ over the last
 * dimension
 *
 * <p>It stands on a method without layers, whose parameters are the values that it reads.
 *
 * <h2>Shape</h2>
 *
 * Three values of one shape, {@code (N, *, E)}: anchor, positive, negative; loss a single number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @TripletMarginLoss(margin = 0.5)
 * Tensor faces(Tensor anchor, Tensor positive, Tensor negative);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(TripletMarginLoss.Repeated.class)
public @interface TripletMarginLoss {
  /**
   * How much nearer is near enough.
   *
   * @return above 0
   */
  double margin() default 1;

  /**
   * Of which norm distances are.
   *
   * @return at least 1
   */
  double p() default 2;

  /**
   * Keeps distances from 0.
   *
   * @return at least 0
   */
  double eps() default 1e-6;

  /**
   * Whether the distance of positive and negative counts where it is less than that of anchor and
   * negative.
   *
   * @return false unless stated otherwise
   */
  boolean swap() default false;

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
    TripletMarginLoss[] value();
  }
}

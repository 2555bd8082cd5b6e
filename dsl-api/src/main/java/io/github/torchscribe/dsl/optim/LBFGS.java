package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limited-memory BFGS, {@code torch.optim.LBFGS} without line search (Liu, Nocedal, 1989): each
 * step goes through the same batch up to maxIter times. For small networks and whole datasets as
 * batches.
 *
 * <pre>
 * p ← p + t·d with d = −H·g, where H, the inverse Hessian, follows from the last historySize changes
 * of p and g; t is lr, in the very first iteration at most lr/Σ|g|
 * </pre>
 *
 * <h2>Shape</h2>
 *
 * Any; each parameter is changed in place.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @LBFGS(lr = 0.5)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(LBFGS.Repeated.class)
public @interface LBFGS {
  /**
   * The step length.
   *
   * @return a finite number above 0
   */
  double lr() default 1;

  /**
   * Iterations in a step; the loss is evaluated as often.
   *
   * @return at least 1
   */
  int maxIter() default 20;

  /**
   * Ends a step when no number of the gradient is larger.
   *
   * @return at least 0
   */
  double toleranceGrad() default 1e-7;

  /**
   * Ends a step when neither the loss nor any parameter changes more.
   *
   * @return at least 0
   */
  double toleranceChange() default 1e-9;

  /**
   * How many changes are remembered.
   *
   * @return at least 1
   */
  int historySize() default 100;

  /** Holds several, as the Java language asks; never written by hand. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target(ElementType.TYPE)
  @interface Repeated {
    /**
     * The annotations in the order written.
     *
     * @return all of them
     */
    LBFGS[] value();
  }
}

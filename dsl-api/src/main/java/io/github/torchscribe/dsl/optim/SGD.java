package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stochastic gradient descent, {@code torch.optim.SGD}. In each step, with gradient g of parameter
 * p:
 *
 * <pre>
 * g ← g + weightDecay·p
 * v ← momentum·v + (1 − dampening)·g     (v ← g in the first step)
 * g ← g + momentum·v  with nesterov, otherwise  g ← v      (with momentum)
 * p ← p − lr·g
 * </pre>
 *
 * <p>Sutskever et al., <em>On the importance of initialization and momentum in deep learning</em>,
 * 2013.
 *
 * <h2>Shape</h2>
 *
 * Works on all parameters of the network at once.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @SGD(lr = 1e-2, momentum = 0.9, nesterov = true)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(SGD.Repeated.class)
public @interface SGD {
  /**
   * The learning rate.
   *
   * @return a finite number above 0
   */
  double lr() default 1e-3;

  /**
   * The share of the last velocity that is kept.
   *
   * @return at least 0
   */
  double momentum() default 0;

  /**
   * The share of the gradient that does not enter the velocity.
   *
   * @return a finite number; 0 with {@link #nesterov()}
   */
  double dampening() default 0;

  /**
   * The L2 penalty's factor.
   *
   * @return at least 0
   */
  double weightDecay() default 0;

  /**
   * Whether the gradient is taken where the momentum leads, Nesterov's way; needs a momentum and no
   * dampening.
   *
   * @return {@code false} unless stated otherwise
   */
  boolean nesterov() default false;

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
    SGD[] value();
  }
}

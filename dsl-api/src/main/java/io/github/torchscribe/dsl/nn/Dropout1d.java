package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code torch.nn.Dropout1d}: while training, each channel as a whole becomes 0 with probability p,
 * and what stays is divided by 1 − p; otherwise nothing happens. Source: Hinton et al., 2012.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, L)}, output the same.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Conv1d(value = 64, kernelSize = 3) @ReLU @Dropout1d(0.2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Dropout1d.Repeated.class)
public @interface Dropout1d {
  /**
   * p: the probability that each channel as a whole is dropped.
   *
   * @return from 0 to less than 1
   */
  double value() default 0.5;

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
    Dropout1d[] value();
  }
}

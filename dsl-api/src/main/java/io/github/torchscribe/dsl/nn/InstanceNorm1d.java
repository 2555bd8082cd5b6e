package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Instance normalisation, {@code torch.nn.InstanceNorm1d}: y = (x − E[x]) / √(Var[x] + eps) ·
 * weight + bias, with mean and (biased) variance of each channel of each example, in training and
 * otherwise. Where running means are tracked these hold otherwise: running ← (1 − momentum)·running
 * + momentum·new, the new ones means over the batch (the new variances unbiased). Source: Ulyanov
 * et al., 2016.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, L)} with at least two values in a channel, output the same. Parameters, where
 * affine: weight (1) and bias (0), both {@code (C)}; where tracked besides running_mean (0),
 * running_var (1) and num_batches_tracked, which PyTorch leaves at 0.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Conv1d(value = 32, kernelSize = 3) @InstanceNorm1d @ReLU
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(InstanceNorm1d.Repeated.class)
public @interface InstanceNorm1d {
  /**
   * The number of channels (num_features), checked where it is stated.
   *
   * @return at least 1; 0 infers it
   */
  int value() default 0;

  /**
   * Added to the variance.
   *
   * @return above 0
   */
  double eps() default 1e-5;

  /**
   * The weight of the new values in the running ones.
   *
   * @return from 0 to 1
   */
  double momentum() default 0.1;

  /**
   * Whether weight and bias are learned.
   *
   * @return false unless stated otherwise
   */
  boolean affine() default false;

  /**
   * Whether running means are kept, which hold when it is not trained.
   *
   * @return false unless stated otherwise
   */
  boolean trackRunningStats() default false;

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
    InstanceNorm1d[] value();
  }
}

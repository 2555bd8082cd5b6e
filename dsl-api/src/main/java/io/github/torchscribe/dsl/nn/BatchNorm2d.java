package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Batch normalisation, {@code torch.nn.BatchNorm2d}: y = (x − E[x]) / √(Var[x] + eps) · weight +
 * bias, with mean and (biased) variance of each channel over the batch while training, and their
 * running means otherwise: running ← (1 − momentum)·running + momentum·new (the new variance
 * unbiased). Source: Ioffe, Szegedy, 2015. While training each channel needs at least two values.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, H, W)}, output the same. Parameters: weight (1) and bias (0), both {@code
 * (C)}; besides running_mean (0) and running_var (1).
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Conv2d(value = 32, kernelSize = 3, bias = false)
 * @BatchNorm2d
 * @ReLU
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(BatchNorm2d.Repeated.class)
public @interface BatchNorm2d {
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
   * @return true unless stated otherwise
   */
  boolean affine() default true;

  /**
   * Whether mean and variance while training are those of the whole batch where several processes
   * train together, each on its part, as with {@code torch.nn.SyncBatchNorm}: what they learn is
   * then what one process would that had all of it. Otherwise each goes by its own part. Costs a
   * message to all in each direction, for which every process waits.
   *
   * @return false unless stated otherwise; one process does the same either way
   */
  boolean sync() default false;

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
    BatchNorm2d[] value();
  }
}

package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The learning rate falls when the loss on the test data does not, {@code
 * torch.optim.lr_scheduler.ReduceLROnPlateau}, with mode min and threshold mode rel. Several
 * schedules on one network multiply, as with {@code ChainedScheduler}.
 *
 * <pre>
 * lr ← max(lr·factor, minLr) after more than patience epochs without loss &lt; best·(1 − threshold)
 * </pre>
 *
 * <h2>Shape</h2>
 *
 * Works on the learning rate of the network's optimizer.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @SGD(lr = 0.1)
 * @ReduceLROnPlateau(patience = 3)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(ReduceLROnPlateau.Repeated.class)
public @interface ReduceLROnPlateau {
  /**
   * What the rate is multiplied with.
   *
   * @return above 0, less than 1
   */
  double factor() default 0.1;

  /**
   * How many epochs without progress are let pass.
   *
   * @return at least 0
   */
  int patience() default 10;

  /**
   * What share of the best loss counts as progress.
   *
   * @return at least 0
   */
  double threshold() default 1e-4;

  /**
   * How many epochs after a fall are not counted.
   *
   * @return at least 0
   */
  int cooldown() default 0;

  /**
   * Where it stops falling.
   *
   * @return at least 0
   */
  double minLr() default 0;

  /**
   * A change of the rate that is too small to be made.
   *
   * @return at least 0
   */
  double eps() default 1e-8;

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
    ReduceLROnPlateau[] value();
  }
}

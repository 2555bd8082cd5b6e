package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A schedule of your own: a class that extends the runtime's {@code Schedule}. It stands where
 * PyTorch's schedules do; or on an annotation of your own, whose members the class's only
 * constructor takes by their names, as with {@link Optimizer}.
 *
 * <h2>Shape</h2>
 *
 * Works on the learning rate of the network's optimizer.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Schedule(InverseRoot.class)
 * public @interface InverseRootLR {
 *   int warmup();
 * }
 *
 * public final class InverseRoot extends io.github.torchscribe.runtime.optim.Schedule {
 *   private final int warmup;
 *
 *   public InverseRoot(int warmup) {
 *     super(true);
 *     this.warmup = warmup;
 *   }
 *
 *   @Override
 *   public double rate(double base, long t) {
 *     return base * Math.min((t + 1.0) / warmup, Math.sqrt(warmup / (t + 1.0)));
 *   }
 * }
 *
 * @Adam @InverseRootLR(warmup = 4000)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(Schedule.Repeated.class)
public @interface Schedule {
  /**
   * The class.
   *
   * @return a class of yours, which the network's package can see
   */
  Class<?> value();

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
    Schedule[] value();
  }
}

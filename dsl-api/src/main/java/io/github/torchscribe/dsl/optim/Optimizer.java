package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An optimizer of your own: a class that extends the runtime's {@code OwnOptimizer}, or implements
 * {@code Optimizer}. It stands where PyTorch's optimizers do; or on an annotation of your own,
 * whose members the class's only constructor takes by their names: whole numbers and fractions,
 * truth values, texts, constants of enums, and arrays of numbers, truth values and texts.
 *
 * <h2>Shape</h2>
 *
 * Works on all parameters of the network at once.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Optimizer(SignDescent.class)
 * public @interface SignSGD {
 *   double lr() default 1e-4;
 * }
 *
 * public final class SignDescent extends OwnOptimizer {
 *   public SignDescent(double lr) {
 *     super(lr, 0);
 *   }
 *
 *   @Override
 *   protected void update(
 *       Tensor parameters, Tensor gradients, List<Tensor> memory, double rate, long step) {
 *     parameters.add_(gradients.sign_(), new Scalar(-rate));
 *   }
 * }
 *
 * @SignSGD(lr = 1e-3)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(Optimizer.Repeated.class)
public @interface Optimizer {
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
    Optimizer[] value();
  }
}

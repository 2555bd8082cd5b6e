package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A loss of your own: what the static method {@code loss} of a class gives, one number. It takes
 * the value, or the several values, that the loss is of, behind them the target, and gives the mean
 * over the rows it is given; libtorch's autograd differentiates it, and nothing else of the
 * network. It stands where PyTorch's losses do; or on an annotation of your own, whose members the
 * method takes too, behind the target and by their names: whole numbers and fractions, truth
 * values, texts, constants of enums, and arrays of numbers, truth values and texts.
 *
 * <p>A gradient flows through libtorch's operations on what the method is given. It must not change
 * that in place.
 *
 * <h2>Shape</h2>
 *
 * Output {@code (N, *)}, target as {@link #targets} says.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Loss(value = Focal.class, targets = Loss.Targets.CLASSES)
 * public @interface FocalLoss {
 *   double gamma() default 2;
 * }
 *
 * public final class Focal {
 *   static Tensor loss(Tensor output, Tensor target, double gamma) {
 *     Tensor right = torch.log_softmax(output, 1).gather(1, target.unsqueeze(1));
 *     return right.exp().neg().add(new Scalar(1)).pow(new Scalar(gamma)).mul(right).mean().neg();
 *   }
 * }
 *
 * @Linear({784, 10}) @FocalLoss(gamma = 1.5)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Loss.Repeated.class)
public @interface Loss {
  /** What a loss compares outputs with. */
  enum Targets {
    /**
     * Numbers, of the output's shape; of several values the first's. Outputs are numbers, and there
     * is no accuracy.
     */
    NUMBERS,
    /** 0 or 1 for each number of the output, which is above 0 for a yes. */
    YES_OR_NO,
    /** The number of a class, counted from 0; the output has a score for each. */
    CLASSES,
    /** Nothing: the loss compares the network's own values, all that the method takes. */
    NONE
  }

  /**
   * Whose method {@code loss} it is.
   *
   * @return a class of yours, which the network's package can see
   */
  Class<?> value();

  /**
   * What the target is. Targets are checked for it, and it says how outputs are read for
   * accuracies, metrics and {@code classify}.
   *
   * @return numbers of the output's shape unless stated otherwise
   */
  Targets targets() default Targets.NUMBERS;

  /**
   * Where targets are classes, which dimension of the output has a score for each; targets have the
   * others.
   *
   * @return 1, or -1 for the last
   */
  int dim() default 1;

  /**
   * Whether workers may divide a batch among them: only where the loss of a batch is the mean of
   * its rows' losses, so that each may compute that of some rows.
   *
   * @return {@code false} unless stated otherwise
   */
  boolean divisible() default false;

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
    Loss[] value();
  }
}

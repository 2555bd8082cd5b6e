package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * At which rate a part learns: the optimizer's, as schedules have it, times a factor. PyTorch's
 * {@code param_groups}, each with an {@code lr} of its own.
 *
 * <p>On a method: what its layers learn. On a block, or on a network that others use: all that it
 * learns, wherever it stands. With patterns: of that the parts of these names, as {@link Frozen}
 * takes them. Where several say something of one parameter, the factors are multiplied.
 *
 * <p>{@code Trainer.learningRate} says it for the runs of one trainer.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Network
 * @AdamW(lr = 1e-3)
 * @LearningRate(value = 0.01, of = "encoder")
 * public interface Tuned { … }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(LearningRate.Repeated.class)
public @interface LearningRate {
  /**
   * What the optimizer's rate is multiplied by.
   *
   * @return a finite number above 0; what does not learn is {@link Frozen}
   */
  double value();

  /**
   * Patterns of names.
   *
   * @return none where all is meant that stands here
   */
  String[] of() default {};

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
    LearningRate[] value();
  }
}

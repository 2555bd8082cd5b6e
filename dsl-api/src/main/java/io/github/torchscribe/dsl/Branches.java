package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Networks or blocks side by side: each takes what arrives, and how their results meet stands right
 * behind: {@code @Concat}, {@code @Add}, {@code @Multiply}, {@code @Subtract} or {@code @MatMul}.
 * Parameters of the second branch of {@code @Branches} in place 3 begin with {@code 3.1.}.
 *
 * <h2>Shape</h2>
 *
 * Each branch takes what arrives; what they give has to fit how it meets.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Block
 * @Branches({One.class, Three.class, Five.class}) @Concat
 * interface Inception {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Branches.Repeated.class)
public @interface Branches {
  /**
   * The branches, in the order in which they meet; one may stand there several times.
   *
   * @return two or more interfaces with {@link Network} or {@link Block}
   */
  Class<?>[] value();

  /**
   * The sizes of the branches, where they are blocks that have some: the same for each.
   *
   * @return what {@link Size#A}, {@link Size#B} and so on are, in this order
   */
  int[] sizes() default {};

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
    Branches[] value();
  }
}

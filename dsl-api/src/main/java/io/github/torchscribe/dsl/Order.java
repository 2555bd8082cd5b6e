package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The order in which a network's annotations are written, and what the parameters of its methods
 * are called; never written by hand. Java folds repeated annotations together, so that a class file
 * does not tell how they stand among others, and it leaves out the names of parameters. The
 * generated model, or for a {@link Block} a class that holds nothing else, carries both for those
 * who use the network from a jar; so does a class for each annotation of your own that is a layer,
 * a loss, an optimizer or a schedule.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Order {
  /**
   * The annotations on the type from top to bottom, each as often as it is written.
   *
   * @return their simple names; of those that are not Torchscribe's the qualified ones
   */
  String[] value();

  /**
   * The methods that are values, or what a piece of your own is computed by.
   *
   * @return in the order written
   */
  OfMethod[] methods() default {};

  /** What a class file does not tell of a method. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target({})
  @interface OfMethod {
    /**
     * Which method.
     *
     * @return its name
     */
    String name();

    /**
     * Its parameters.
     *
     * @return their names, in order
     */
    String[] parameters();

    /**
     * The annotations on it from top to bottom, each as often as it is written.
     *
     * @return their simple names
     */
    String[] value();
  }
}

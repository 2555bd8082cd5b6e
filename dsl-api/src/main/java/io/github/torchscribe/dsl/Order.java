package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The order in which a network's annotations are written; never written by hand. Java folds
 * repeated annotations together, so that a class file does not tell how they stand among others.
 * The generated model carries it for those who use the network from a jar.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Order {
  /**
   * The annotations from top to bottom, each as often as it is written.
   *
   * @return their simple names
   */
  String[] value();
}

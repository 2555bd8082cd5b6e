package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value that a parameter takes, where the parameter itself cannot be called so: the name of
 * another method, or of an input of the network. Without it the parameter's own name says so.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Add
 * Tensor sum(@From("sum1") Tensor left, @From("sum2") Tensor right);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PARAMETER)
public @interface From {
  /**
   * Whose value it is.
   *
   * @return the name of a method, or of the input
   */
  String value();
}

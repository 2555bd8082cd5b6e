package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the next part is called in the names of parameters, in place of its position; as the
 * attribute of a module in PyTorch. It stands before a layer, {@link Use}, {@link Branches} or
 * {@link Shortcut}. The others keep their positions, counted over all parts.
 *
 * <p>Dots make names in names. What is used several times is numbered behind its name: {@code
 * layer1.0.conv1.weight}, {@code layer1.1.conv1.weight}; what is used once is not. No two
 * parameters of a network may have the same name.
 *
 * <p>On a method its name comes behind the method's, be the part the only one or not: {@code
 * a.q.weight} for {@code @Named("q") @Linear(32) Tensor a(Tensor x)}. Without it the only layer is
 * {@code a.weight}, and would be {@code a.0.weight} with a second one below.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Named("conv1") @Conv2d(value = {3, 64}, kernelSize = 7, stride = 2, padding = 3, bias = false)
 * @Named("bn1") @BatchNorm2d @ReLU
 * @Named("layer1") @Use(value = BasicBlock.class, sizes = 64, times = 2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Named.Repeated.class)
public @interface Named {
  /**
   * The name.
   *
   * @return letters, digits and underscores, or several such with dots between
   */
  String value();

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
    Named[] value();
  }
}

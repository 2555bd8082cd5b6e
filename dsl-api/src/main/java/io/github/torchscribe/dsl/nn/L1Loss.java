package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Mean absolute error, {@code torch.nn.L1Loss}, averaged over all outputs of the batch: loss =
 * 1/(N·K) · Σ |x − y|.
 *
 * <h2>Shape</h2>
 *
 * Network output {@code (N, *)}; targets of the same shape, 32-bit floats; loss a single number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({64, 1})
 * @L1Loss
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(L1Loss.Repeated.class)
public @interface L1Loss {
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
    L1Loss[] value();
  }
}

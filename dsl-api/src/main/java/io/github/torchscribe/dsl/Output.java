package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of this method is an output of the network, although no loss reads it: predictions have
 * it under the method's name. What a loss reads is an output without this annotation, and so is the
 * only value that no method takes.
 *
 * <p>An output that others take, too, stays what it is. What no loss comes after learns nothing.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Network
 * public interface Faces {
 *   @Linear({512, 64}) @Output
 *   Tensor embedding(@Input(512) Tensor features);
 *
 *   @ReLU @Linear({64, 100}) @CrossEntropyLoss
 *   Tensor person(Tensor embedding);
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Output {}

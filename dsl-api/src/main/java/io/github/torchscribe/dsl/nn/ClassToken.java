package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A learned vector before each sequence, as the vision transformer has it: what comes out at its
 * place says something of the whole. Source: Dosovitskiy et al., An Image is Worth 16×16 Words,
 * 2020. {@link Select} takes it at the end: {@code @Select(dim = 1, index = 0)}. Which of the
 * others are padding is known behind it, too; its own place is there.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, L, E)}, output {@code (N, L + 1, E)}. Parameter: class_token (1, 1, E), 0 at
 * first, as torchvision's {@code VisionTransformer} has it.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Permute({2, 1}) @ClassToken @PositionalEmbedding
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(ClassToken.Repeated.class)
public @interface ClassToken {
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
    ClassToken[] value();
  }
}

package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A learned vector for each place of a sequence, added to what stands there: y = x + weight, as GPT
 * has it. Source: Radford et al., Improving Language Understanding by Generative Pre-Training,
 * 2018.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, L, E)}, output the same. Parameter: weight (L, E), or (numEmbeddings, E), drawn
 * from N(0, 1) as that of {@code torch.nn.Embedding}.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Network(input = 64)
 * @Embedding({65, 128}) @PositionalEmbedding
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(PositionalEmbedding.Repeated.class)
public @interface PositionalEmbedding {
  /**
   * How many places the table has, of which a sequence that is shorter takes the first: BERT's has
   * 512.
   *
   * @return at least L; as many as the sequence has, 0, unless stated otherwise
   */
  int numEmbeddings() default 0;

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
    PositionalEmbedding[] value();
  }
}

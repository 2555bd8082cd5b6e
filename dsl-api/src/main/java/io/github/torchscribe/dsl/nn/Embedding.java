package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A table of vectors, {@code torch.nn.Embedding}: y = weight[x], for each index of the network's
 * input.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, *)}, indices from 0 to numEmbeddings − 1 as 64-bit integers: the network's own
 * input. Output {@code (N, *, embeddingDim)}. Parameter: weight (numEmbeddings, embeddingDim),
 * drawn from N(0, 1).
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
@Repeatable(Embedding.Repeated.class)
public @interface Embedding {
  /**
   * {@code {numEmbeddings, embeddingDim}}: how many vectors the table has, and their length.
   *
   * @return two sizes of at least 1
   */
  int[] value();

  /**
   * The index of a vector that stands for nothing: it begins as 0 and does not learn.
   *
   * @return none, -1, unless stated otherwise
   */
  int paddingIdx() default -1;

  /**
   * Whether what comes behind knows which places of the sequence are padding: those that have the
   * index paddingIdx. Layers that look at several places leave them out then, such as
   * {@code @SelfAttention}, {@code @LSTM} or {@code @Attention}. It is known until places are mixed
   * or moved. A sequence of padding alone is refused.
   *
   * @return false unless stated otherwise; true for indices {@code (N, L)} with a paddingIdx
   */
  boolean mask() default false;

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
    Embedding[] value();
  }
}

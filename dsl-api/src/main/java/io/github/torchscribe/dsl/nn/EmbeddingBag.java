package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A table of vectors of which each example takes several together, {@code torch.nn.EmbeddingBag}: y
 * = mean over l of weight[x_l], or their sum, or the largest of each of their numbers. What is
 * behind it does not know their order: a bag of words.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, L)}, indices from 0 to numEmbeddings − 1 as 64-bit integers: the network's own
 * input. Output {@code (N, embeddingDim)}. Parameter: weight (numEmbeddings, embeddingDim), drawn
 * from N(0, 1).
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Network(input = 64)
 * @EmbeddingBag(value = {5000, 32}, paddingIdx = 0)
 * @Linear(2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(EmbeddingBag.Repeated.class)
public @interface EmbeddingBag {
  /** How several vectors become one. */
  enum Mode {
    /** They are added. */
    SUM,
    /** Their mean is taken. */
    MEAN,
    /** The largest of each of their numbers is taken. */
    MAX
  }

  /**
   * {@code {numEmbeddings, embeddingDim}}: how many vectors the table has, and their length.
   *
   * @return two sizes of at least 1
   */
  int[] value();

  /**
   * How the vectors of an example become one.
   *
   * @return their mean unless stated otherwise
   */
  Mode mode() default Mode.MEAN;

  /**
   * The index of a vector that stands for nothing: it does not count, and does not learn. Of an
   * example that has nothing else 0 is left.
   *
   * @return none, -1, unless stated otherwise
   */
  int paddingIdx() default -1;

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
    EmbeddingBag[] value();
  }
}

package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Multi-head attention of one sequence to another, {@code torch.nn.MultiheadAttention} with {@code
 * batch_first=True}: y = concat over heads of softmax(Q·Kᵀ/√(E/heads))·V, projected. Source:
 * Vaswani et al., Attention Is All You Need, 2017.
 *
 * <p>It stands first on a method with several parameters, of which each is a value: the query, the
 * key and the value; or two, the query and what is both key and value. No place attends to padding
 * of the key; which places of the output are padding is what is known of the query. A query that
 * sees padding alone, as the first may where causal is true, attends to nothing: its output is the
 * bias of the last projection, where PyTorch's is NaN.
 *
 * <h2>Shape</h2>
 *
 * Inputs {@code (N, L, E)}, {@code (N, S, K)} and {@code (N, S, V)}, output {@code (N, L, E)};
 * heads divides E. Parameters: in_proj_weight (3E, E) where K and V are E, else q_proj_weight (E,
 * E), k_proj_weight (E, K) and v_proj_weight (E, V); in_proj_bias (3E), out_proj.weight (E, E),
 * out_proj.bias (E).
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Attention(heads = 4)
 * Tensor cross(Tensor decoded, Tensor memory);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Attention.Repeated.class)
public @interface Attention {
  /**
   * Into how many parts vectors are divided, each of which attends for itself.
   *
   * @return at least 1; a divisor of E
   */
  int heads();

  /**
   * Whether the query's first place sees the first key alone, the second two, and so on: where L is
   * not S, too, as with PyTorch's {@code torch.ones(L, S).tril()}.
   *
   * @return false unless stated otherwise
   */
  boolean causal() default false;

  /**
   * Whether the projections have a bias.
   *
   * @return true unless stated otherwise
   */
  boolean bias() default true;

  /**
   * The probability with which a place does not attend to another, while training; what is left is
   * divided by 1 − dropout.
   *
   * @return from 0 to less than 1
   */
  double dropout() default 0;

  /**
   * Whether padding is left out where it is known, as it is behind {@code @Embedding(mask = true)}.
   *
   * @return true unless stated otherwise
   */
  boolean mask() default true;

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
    Attention[] value();
  }
}

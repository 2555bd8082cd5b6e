package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Multi-head self-attention, {@code torch.nn.MultiheadAttention} with the same sequence as query,
 * key and value: y = concat over heads of softmax(Q·Kᵀ/√(E/heads))·V, projected. Source: Vaswani et
 * al., Attention Is All You Need, 2017. No place attends to padding; one that sees padding alone,
 * as the first may where causal is true, attends to nothing: its output is the bias of the last
 * projection, where PyTorch's is NaN.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, L, E)}, output the same; heads divides E. Parameters: in_proj_weight (3E, E),
 * in_proj_bias (3E), out_proj.weight (E, E), out_proj.bias (E).
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Network(input = {64, 128})
 * @Residual @LayerNorm @SelfAttention(heads = 4, causal = true)
 * public interface Attend {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(SelfAttention.Repeated.class)
public @interface SelfAttention {
  /**
   * Into how many parts vectors are divided, each of which attends for itself.
   *
   * @return at least 1; a divisor of E
   */
  int heads();

  /**
   * Whether a place sees only itself and what comes before it.
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
    SelfAttention[] value();
  }
}

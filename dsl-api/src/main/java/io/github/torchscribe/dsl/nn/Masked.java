package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A sequence as it is, and an input of the network that says which of its places are padding: y =
 * x₁. Layers behind it that look at several places leave padding out, such as
 * {@code @SelfAttention}, {@code @LSTM} or {@code @MeanOver}, until places are mixed or moved.
 * Where a text's padding has an index of its own, {@code @Embedding(paddingIdx = 0, mask = true)}
 * knows it without an input.
 *
 * <p>It stands first on a method with two parameters: the sequence, and the input. That is numbers,
 * 1 for each place that is there and 0 for padding: Hugging Face's {@code attention_mask}, but as
 * 32-bit floats, {@code mask.to(torch.float32)} in Python and {@code
 * mask.to(torch.ScalarType.Float)} in Java. Or it is one index, how many places are there; as 0 is
 * an index, too, L places need {@code @Input(indices = L + 1)}. An example in which nothing is is
 * refused.
 *
 * <p>Where two values meet of which different places are padding, that is an error: one of them has
 * to say nothing.
 *
 * <h2>Shape</h2>
 *
 * Inputs {@code (N, L, *)} and either {@code (N, L)}, numbers, or {@code (N)}, indices from 1 to L;
 * output as the first.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Masked @SelfAttention(heads = 4)
 * Tensor attended(Tensor words, @Input(128) Tensor mask);
 *
 * @Masked @LSTM(64)
 * Tensor read(Tensor words, @Input(indices = 129) Tensor length);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Masked.Repeated.class)
public @interface Masked {
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
    Masked[] value();
  }
}

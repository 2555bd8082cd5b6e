package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What does not learn, {@code requires_grad_(False)}: its parameters stay as they begin, or as a
 * file has them, bit for bit. Nothing is computed backward below the lowest part that learns, and
 * no gradient and no optimizer's memory is kept of what is frozen. Batch norms that are frozen
 * evaluate: they normalise by what they remember, and remember nothing new; one of which only
 * {@code weight} and {@code bias} are named goes on with each batch's mean. Dropout goes on
 * dropping.
 *
 * <p>On a method: what its layers learn. On a block, or on a network that others use: all that it
 * learns, wherever it stands. With patterns: of that the parts of these names, counted from what
 * this stands on. A name is that of a parameter in the state dict, {@code *} stands for anything in
 * it, and the path of a part, such as {@code encoder} or {@code layers.0}, means all below it.
 * Without patterns, on the network itself, everything is meant: then nothing is left to learn, and
 * neither a loss nor an optimizer may stand there.
 *
 * <p>{@code Trainer.freeze} freezes for the runs of one trainer.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Network
 * @Adam
 * @Frozen("layers.*")
 * public interface Sentiment {
 *   @Frozen @Embedding({30522, 384})
 *   Tensor words(@Input(48) Tensor ids);
 *
 *   @Use(value = EncoderLayer.class, times = 6) @Named("layers") …
 *
 *   @Linear({384, 2}) @CrossEntropyLoss
 *   Tensor kind(Tensor pooled);
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Frozen {
  /**
   * Patterns of names.
   *
   * @return none where all is meant that stands here
   */
  String[] value() default {};
}

package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How unlikely a text is of which nobody knows where in a sequence its letters are, {@code
 * torch.nn.CTCLoss} (connectionist temporal classification; Graves et al., 2006): of each place's
 * classes one is blank, and all ways count to write the text over the places, with letters repeated
 * and blanks between. In nats, divided by the text's length (by 1 where it has none), averaged over
 * the batch. Its gradient comes from libtorch's autograd.
 *
 * <p>A text needs a place for each letter, and one more between two that are the same: a batch in
 * which one is longer is refused before the step.
 *
 * <p>Where it is known which places are padding, they are left out, as {@code input_lengths} of
 * PyTorch's leaves them out: the network's output is blank there, for certain. A text that is
 * longer than what is left is refused, too.
 *
 * <h2>Shape</h2>
 *
 * Network output {@code (N, T, C)}, logarithms of probabilities of C classes at T places; PyTorch's
 * own class wants {@code (T, N, C)}. Targets {@code (N, targetLength)}, indices below C as 64-bit
 * integers: the text, then blanks; loss a single number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @LSTM(value = 64, bidirectional = true, output = Hidden.SEQUENCE)
 * @Linear(27) @LogSoftmax
 * @CTCLoss(targetLength = 12)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(CTCLoss.Repeated.class)
public @interface CTCLoss {
  /**
   * How long the longest text is; shorter ones are filled up with blanks.
   *
   * @return from 0 to T; 0: T
   */
  int targetLength() default 0;

  /**
   * Which class is no letter.
   *
   * @return from 0 to C − 1
   */
  int blank() default 0;

  /**
   * Whether a loss that is infinite becomes 0, and its gradient too, as where a letter's
   * probability is 0.
   *
   * @return false unless stated otherwise
   */
  boolean zeroInfinity() default false;

  /**
   * Whether padding is left out where it is known, as it is behind {@code @Masked}.
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
    CTCLoss[] value();
  }
}

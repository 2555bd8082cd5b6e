package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Cross-entropy between the softmax of the network's output and the right class, {@code
 * torch.nn.CrossEntropyLoss}, in nats, averaged over the batch:
 *
 * <p>loss = −1/N · Σₙ ln( e^x[n, y[n]] / Σ꜀ e^x[n, c] )
 *
 * <p>Softmax is part of the loss: the last layer gives raw scores (logits), without an activation.
 *
 * <h2>Shape</h2>
 *
 * Network output {@code (N, C)} with C ≥ 2 classes; targets {@code (N)}, 64-bit integers from 0 to
 * C − 1; loss a single number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({200, 10})
 * @CrossEntropyLoss
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(CrossEntropyLoss.Repeated.class)
public @interface CrossEntropyLoss {

  /** Holds several, as the Java language asks; never written by hand. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target(ElementType.TYPE)
  @interface Repeated {
    /**
     * The annotations in the order written.
     *
     * @return all of them
     */
    CrossEntropyLoss[] value();
  }
}

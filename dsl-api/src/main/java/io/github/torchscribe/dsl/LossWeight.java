package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the loss on this method counts among those of the network. What is learned is Σ weight ·
 * loss over all of them; without this annotation a loss counts once. Logs, histories and reports
 * show each loss as it is, and the weighted sum.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({64, 10}) @CrossEntropyLoss
 * Tensor kind(Tensor code);
 *
 * @Linear({64, 4}) @SmoothL1Loss @LossWeight(0.1)
 * Tensor box(Tensor code);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface LossWeight {
  /**
   * The weight.
   *
   * @return a finite number above 0
   */
  double value();
}

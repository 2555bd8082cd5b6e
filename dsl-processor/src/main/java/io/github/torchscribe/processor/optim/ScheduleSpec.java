package io.github.torchscribe.processor.optim;

import com.squareup.javapoet.CodeBlock;

/**
 * A schedule of the learning rate, with its values.
 *
 * @param construction an expression that makes the runtime's schedule
 * @param cyclesMomentum whether it changes the optimizer's momentum, too
 */
public record ScheduleSpec(CodeBlock construction, boolean cyclesMomentum) {
  /** A schedule of the learning rate alone. */
  ScheduleSpec(CodeBlock construction) {
    this(construction, false);
  }
}

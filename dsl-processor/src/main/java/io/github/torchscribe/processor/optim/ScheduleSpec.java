package io.github.torchscribe.processor.optim;

import io.github.torchscribe.processor.code.Expression;

/**
 * A schedule of the learning rate, with its values.
 *
 * @param construction an expression that makes the runtime's schedule
 * @param cyclesMomentum whether it changes the optimizer's momentum, too
 */
public record ScheduleSpec(Expression construction, boolean cyclesMomentum) {
  /** A schedule of the learning rate alone. */
  ScheduleSpec(Expression construction) {
    this(construction, false);
  }
}

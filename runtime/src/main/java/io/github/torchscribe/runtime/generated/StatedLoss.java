package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.learner.Decision;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.OptionalLong;

/**
 * The loss as it was written, and what it says of targets and outputs.
 *
 * @param text as it was written
 * @param targets what it takes
 * @param decision how it reads an output
 */
public record StatedLoss(String text, TensorSpec targets, Decision decision) {
  /**
   * What it takes, for messages: what is ignored unless asked for is nothing to puzzle over.
   *
   * @return for example {@code one index below 10}
   */
  public String takes() {
    boolean isUsual = targets.ignored().equals(OptionalLong.of(TensorSpec.USUALLY_IGNORED));
    TensorSpec said = isUsual ? TensorSpec.indices(targets.count(), targets.shape()) : targets;
    return said.toString();
  }
}

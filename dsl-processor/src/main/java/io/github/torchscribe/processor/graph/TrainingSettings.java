package io.github.torchscribe.processor.graph;

import io.github.torchscribe.dsl.Precision;
import java.util.OptionalLong;

/**
 * What {@code @Training} says, or its defaults.
 *
 * @param epochs at least 1
 * @param batchSize at least 1
 * @param shuffle whether each epoch has its own order
 * @param seed where it is stated
 * @param decayBiases whether weight decay pulls on biases and what norms learn
 * @param precision in which numbers steps compute
 * @param graph whether a GPU may replay steps
 */
public record TrainingSettings(
    int epochs,
    int batchSize,
    boolean shuffle,
    OptionalLong seed,
    boolean decayBiases,
    Precision precision,
    boolean graph) {
  /**
   * Whether products compute in bfloat16.
   *
   * @return false unless it is stated
   */
  public boolean isMixed() {
    return precision == Precision.BF16;
  }
}

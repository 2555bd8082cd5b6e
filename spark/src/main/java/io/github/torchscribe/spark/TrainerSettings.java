package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.Trainer;
import java.io.Serializable;

/** What a run is asked for besides, in the same way on every rank. */
@FunctionalInterface
public interface TrainerSettings extends Serializable {
  /**
   * Sets what is to be set.
   *
   * @param trainer of this rank, before it runs
   */
  void apply(Trainer trainer);
}

package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.generated.Counted;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.generated.Network;
import java.util.Optional;

/**
 * What a network does that cannot be replayed: where more than numbers differs between two times.
 */
final class Recordable {
  private Recordable() {}

  /** What stands in the way of all that the network does, whatever the batch. */
  static Optional<String> hindrance(Engine engine) {
    Network network = engine.network();
    if (!network.isRecorded()) {
      return Optional.of("@Training(graph = false) says so");
    }
    if (network.usesAutograd()) {
      return Optional.of("autograd differentiates it, and what it records is another each time");
    }
    if (engine.peers().size() > 1) {
      return Optional.of("other processes have the rest of each batch, and are waited for");
    }
    for (int i = 0; i < network.signature().losses().size(); i++) {
      if (engine.classWeights(i) != null) {
        return Optional.of(
            "its classes weigh differently, so that what a batch weighs is another each time");
      }
    }
    return Optional.empty();
  }

  /** The same of its steps. */
  static Optional<String> hindranceOfSteps(Engine engine) {
    return engine.network().inputsWithGradient().isEmpty()
        ? hindrance(engine)
        : Optional.of("the gradients of its inputs are given to the caller");
  }

  /** Whether a loss leaves out some of a batch: how much counts is a number of the processor's. */
  static boolean leavesOut(Examples batch) {
    for (Counted counted : batch.counted()) {
      if (counted.leavesOut()) {
        return true;
      }
    }
    return false;
  }
}

package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.Locale;
import java.util.Optional;

/** Refuses data that a network cannot learn from, before the first step. */
record DataCheck(Network network) {
  void require(String which, Dataset data) {
    if (data.size() < 1) {
      throw new IllegalArgumentException("the " + which + " data have no example");
    }
    StatedLoss loss = network.requireLoss();
    if (!loss.targets().accept(data.targets())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the targets of the %s data are %s, but %s of %s takes %s",
              which,
              data.targets(),
              loss.text(),
              network.name(),
              loss.takes()));
    }
    TensorSpec input = network.input();
    if (!input.accept(data.inputs())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the examples of the %s data are %s, but %s takes %s",
              which,
              data.inputs(),
              network.name(),
              input));
    }
  }

  /** What would else come out at the end of the first epoch. */
  void requireLargeEnough(RunPlan.Batches batches, long examples) {
    long size = batches.sizeOf(examples);
    Optional<String> lack = network.lackOfExamples(size);
    if (lack.isPresent()) {
      throw new IllegalArgumentException(
          lack.get() + ", but those of this run have " + size + ": give it more, or batchSize(…)");
    }
    long last = batches.lastOf(examples);
    if (last > 0) {
      network
          .lackOfExamples(last)
          .ifPresent(
              lacking -> {
                throw new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "%s, but the last one of each epoch has %d (there are %d in batches of %d):"
                            + " leave it out with dropLast(true), or choose another batch size",
                        lacking,
                        last,
                        examples,
                        size));
              });
    }
  }
}

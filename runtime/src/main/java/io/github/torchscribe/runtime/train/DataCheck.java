package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.generated.Signature;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/** Refuses data that a network cannot learn from, before the first step. */
record DataCheck(Network network) {
  void require(String which, Dataset data) {
    if (data.size() < 1) {
      throw new IllegalArgumentException("the " + which + " data have no example");
    }
    Signature signature = network.signature();
    signature.requireLossOfItsOwn();
    require("targets of the " + which + " data", data.targetSpecs(), signature.targets(), true);
    require("examples of the " + which + " data", data.inputSpecs(), signature.inputs(), false);
  }

  private void require(String what, TensorSpecs given, TensorSpecs wanted, boolean areTargets) {
    boolean alone = given.size() == 1 && wanted.size() == 1;
    if (!alone && !Set.copyOf(given.names()).equals(Set.copyOf(wanted.names()))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the %s are %s, but %s takes %s",
              what,
              names(given),
              network.name(),
              names(wanted)));
    }
    for (int i = 0; i < wanted.size(); i++) {
      String name = wanted.names().get(i);
      TensorSpec there = alone ? given.get(0) : given.get(name);
      if (!wanted.get(i).accept(there)) {
        String taker = areTargets ? loss(name) + " of " + network.name() : network.name();
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the %s%s are %s, but %s takes %s",
                what,
                name.isEmpty() ? "" : " for " + name,
                there,
                taker,
                areTargets ? network.signature().requireLoss(name).takes() : wanted.get(i)));
      }
    }
  }

  private String loss(String name) {
    return network.signature().requireLoss(name).text();
  }

  private static String names(TensorSpecs specs) {
    if (specs.names().equals(List.of(""))) {
      return "one part without a name";
    }
    return specs.size() == 0 ? "none" : String.join(", ", specs.names());
  }

  /**
   * What would else come out at the end of the first epoch.
   *
   * @param lackOf what so many examples lack
   */
  void requireLargeEnough(
      RunPlan.Batches batches, long examples, LongFunction<Optional<String>> lackOf) {
    long size = batches.sizeOf(examples);
    Optional<String> lack = lackOf.apply(size);
    if (lack.isPresent()) {
      throw new IllegalArgumentException(
          lack.get() + ", but those of this run have " + size + ": give it more, or batchSize(…)");
    }
    long last = batches.lastOf(examples);
    if (last > 0) {
      lackOf
          .apply(last)
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

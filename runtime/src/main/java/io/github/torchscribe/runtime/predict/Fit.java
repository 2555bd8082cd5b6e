package io.github.torchscribe.runtime.predict;

import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.generated.Signature;
import io.github.torchscribe.runtime.torch.Shapes;
import java.util.List;
import java.util.stream.IntStream;

/** Whether questions to one network can be put to another, and answers have the same shape. */
public final class Fit {
  private Fit() {}

  /**
   * Requires that they can.
   *
   * @param present has answered so far
   * @param next is to
   * @throws IllegalArgumentException when inputs or outputs differ
   */
  public static void require(Network present, Network next) {
    require("inputs", present, inputs(present), next, inputs(next));
    require("outputs", present, outputs(present), next, outputs(next));
  }

  private static void require(
      String what, Network present, List<String> some, Network next, List<String> others) {
    if (!some.equals(others)) {
      throw new IllegalArgumentException(
          next.name()
              + " cannot answer in place of "
              + present.name()
              + ": its "
              + what
              + " are "
              + String.join(", ", others)
              + ", but those here are "
              + String.join(", ", some));
    }
  }

  private static List<String> inputs(Network network) {
    Signature signature = network.signature();
    return IntStream.range(0, signature.inputs().size())
        .mapToObj(i -> named(signature.inputs().names().get(i), signature.inputs().get(i) + ""))
        .toList();
  }

  private static List<String> outputs(Network network) {
    return network.signature().outputs().stream()
        .map(output -> named(output.name(), Shapes.batchOf(output.shape())))
        .toList();
  }

  private static String named(String name, String text) {
    return name.isEmpty() ? text : name + " " + text;
  }
}

package io.github.torchscribe.processor.declaration;

import java.util.List;
import java.util.Optional;

/**
 * What is read of the methods of a network.
 *
 * @param stacks that the user's forward puts together
 * @param wired that take each other's values; then there are no stacks
 * @param losses on them, or on the type
 * @param complete whether each parameter takes a value; else the input may have been meant
 */
record Methods(List<Stack> stacks, Optional<Wired> wired, List<LossAt> losses, boolean complete) {
  /** What states the first input's shape. */
  Stated stated(Written network) {
    return shape()
        .map(written -> new Stated(written, "value"))
        .orElseGet(() -> new Stated(network, "input"));
  }

  /** The annotation on a parameter that says what the first input is. */
  Optional<Written> shape() {
    return wired.flatMap(some -> some.inputs().get(0).stated());
  }

  /** All inputs that methods take by name. */
  List<Given> inputs() {
    return wired.map(Wired::inputs).orElse(List.of());
  }
}

package io.github.torchscribe.processor.declaration;

import java.util.List;
import java.util.Optional;

/**
 * What is read of the methods of a network.
 *
 * @param stacks that the user's forward puts together
 * @param wired that take each other's values; then there are no stacks
 * @param loss on one of them, or on the type
 * @param shape the annotation on a parameter that states the input's
 * @param complete whether each parameter takes a value; else the input may have been meant
 */
record Methods(
    List<Stack> stacks,
    Optional<Wired> wired,
    Optional<Written> loss,
    Optional<Written> shape,
    boolean complete) {
  /** What states the input's shape. */
  Stated stated(Written network) {
    return shape
        .map(written -> new Stated(written, "value"))
        .orElseGet(() -> new Stated(network, "input"));
  }
}

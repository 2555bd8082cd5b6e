package io.github.torchscribe.processor.declaration;

import java.util.Optional;

/**
 * An input of a network of methods.
 *
 * @param name what methods call it
 * @param stated the annotation on a parameter that says what it is; empty where the network does,
 *     or nobody
 */
public record Given(String name, Optional<Written> stated) {
  /** Another parameter that takes it. */
  Given or(Written written) {
    return new Given(name, stated.or(() -> Optional.of(written)));
  }
}

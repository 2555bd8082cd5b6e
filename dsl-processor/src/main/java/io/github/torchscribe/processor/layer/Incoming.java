package io.github.torchscribe.processor.layer;

import java.util.Optional;

/**
 * What arrives at a layer.
 *
 * @param shape unknown where something before is wrong
 * @param from who gave it that shape, for messages
 * @param raw whether it is the network's own input, which may be indices
 */
public record Incoming(Optional<Shape> shape, String from, boolean raw) {
  /**
   * What a layer computed.
   *
   * @param shape unknown where something before is wrong
   * @param from who gave it that shape, for messages
   */
  public Incoming(Optional<Shape> shape, String from) {
    this(shape, from, false);
  }
}

package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.tensor.Shape;

/**
 * What arrives at a layer.
 *
 * @param shape as far as it is known, where something before is wrong
 * @param from who gave it that shape, for messages
 * @param raw whether it is the network's own input, which may be indices
 */
public record Incoming(Shape shape, String from, boolean raw) {
  /**
   * What a layer computed.
   *
   * @param shape as far as it is known, where something before is wrong
   * @param from who gave it that shape, for messages
   */
  public Incoming(Shape shape, String from) {
    this(shape, from, false);
  }
}

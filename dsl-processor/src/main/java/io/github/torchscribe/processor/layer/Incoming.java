package io.github.torchscribe.processor.layer;

import java.util.Optional;

/**
 * What arrives at a layer.
 *
 * @param shape unknown where something before is wrong
 * @param from who gave it that shape, for messages
 */
public record Incoming(Optional<Shape> shape, String from) {}

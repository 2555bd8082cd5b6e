package io.github.torchscribe.processor.declaration;

import java.util.List;
import java.util.Optional;

/**
 * What stands on a type or on a method, from top to bottom.
 *
 * @param meeting how several values that arrive become one
 * @param parts layers, networks and blocks, in the order in which they are applied
 */
public record Layers(Optional<Written> meeting, List<Part> parts) {}

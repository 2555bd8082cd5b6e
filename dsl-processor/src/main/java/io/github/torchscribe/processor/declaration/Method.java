package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.processor.message.Position;
import java.util.List;

/**
 * A method that is a value.
 *
 * @param name what the value is called
 * @param at where the method stands
 * @param annotations all of Torchscribe's on it, in source order
 * @param wires its parameters, in order
 * @param layers what makes the value of theirs
 */
public record Method(
    String name, Position at, List<Written> annotations, List<Wire> wires, Layers layers) {}

package io.github.torchscribe.processor.declaration;

import java.util.List;
import java.util.Optional;

/**
 * Layers on a method of a network whose {@code forward} is the user's.
 *
 * @param name the method's
 * @param annotations all on it, in source order
 * @param parts layers and networks inside, in source order
 * @param input {@code @Input} of its parameter, where it is written
 * @param fits whether the method is one that layers can stand on; else that has been reported
 */
public record Stack(
    String name,
    List<Written> annotations,
    List<Part> parts,
    Optional<Written> input,
    boolean fits) {}

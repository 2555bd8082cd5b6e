package io.github.torchscribe.processor.compiler;

/**
 * An annotation where it stands in the source.
 *
 * @param type its qualified name
 * @param notation how it is written
 */
public record Mark(String type, Notation notation) {}

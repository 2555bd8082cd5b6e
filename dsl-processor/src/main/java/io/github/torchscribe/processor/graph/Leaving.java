package io.github.torchscribe.processor.graph;

/**
 * A value that leaves the network.
 *
 * @param name what users call it
 * @param value as losses read it
 */
public record Leaving(String name, Value value) {}

package io.github.torchscribe.processor.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Layers that are computed as a whole: all of a network's, or those on one of its methods, which
 * the user's own forward puts together.
 *
 * @param method whose layers they are; empty where they are all
 * @param input what arrives
 * @param indices how many there are to choose from, where that is indices
 * @param nodes the layers, at least one, each after those whose values it reads
 * @param output what leaves
 */
public record Segment(
    String method, Value input, OptionalLong indices, List<Node> nodes, Value output) {
  /**
   * Who reads a value.
   *
   * @return the layers that read each, in their order; one that reads it twice stands there twice
   */
  public Map<Value, List<Node>> readers() {
    Map<Value, List<Node>> readers = new HashMap<>();
    for (Node node : nodes) {
      node.reads().forEach(v -> readers.computeIfAbsent(v, key -> new ArrayList<>()).add(node));
    }
    return readers;
  }

  /**
   * Who gives a value.
   *
   * @return the layer of each value but the input
   */
  public Map<Value, Node> givers() {
    Map<Value, Node> givers = new HashMap<>();
    nodes.forEach(node -> givers.put(node.gives(), node));
    return givers;
  }
}

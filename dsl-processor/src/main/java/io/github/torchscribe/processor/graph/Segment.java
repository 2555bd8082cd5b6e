package io.github.torchscribe.processor.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers that are computed as a whole: all of a network's, or those on one of its methods, which
 * the user's own forward puts together.
 *
 * @param method whose layers they are; empty where they are all
 * @param inputs what arrives
 * @param nodes the layers, at least one, each after those whose values it reads
 * @param outputs what leaves
 */
public record Segment(String method, List<Port> inputs, List<Node> nodes, List<Value> outputs) {
  /**
   * What arrives, where that is one value.
   *
   * @return the first
   */
  public Port input() {
    return inputs.get(0);
  }

  /**
   * What leaves, where that is one value.
   *
   * @return the first
   */
  public Value output() {
    return outputs.get(0);
  }

  /**
   * The same with layers that learn otherwise.
   *
   * @param others as many
   * @return otherwise equal
   */
  Segment with(List<Node> others) {
    return new Segment(method, inputs, others, outputs);
  }

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
   * @return the layer of each value but the inputs
   */
  public Map<Value, Node> givers() {
    Map<Value, Node> givers = new HashMap<>();
    nodes.forEach(node -> givers.put(node.gives(), node));
    return givers;
  }
}

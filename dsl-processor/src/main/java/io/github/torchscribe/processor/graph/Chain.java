package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.OptionalLong;

/**
 * Layers one after the other: all of a network's, or those on one of its methods.
 *
 * @param method whose layers they are; empty where they are all
 * @param input the shape that arrives
 * @param indices how many there are to choose from, where that is indices
 * @param nodes the layers, at least one
 */
public record Chain(String method, Shape input, OptionalLong indices, List<Node> nodes) {
  /**
   * The shape that leaves.
   *
   * @return the last layer's
   */
  public Shape output() {
    return nodes.get(nodes.size() - 1).output();
  }

  /**
   * Which values layers read.
   *
   * @return for all nodes
   */
  public Wiring wiring() {
    return Wiring.of(nodes);
  }
}

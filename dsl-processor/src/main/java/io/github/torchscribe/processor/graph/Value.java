package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.tensor.Shape;

/**
 * What a layer gives and others read, or what the network is given.
 *
 * @param path of the layer that gives it; empty for the network's input
 * @param shape of one example
 */
public record Value(String path, Shape shape) {
  static final String INPUT = "input";

  /**
   * What the network is given.
   *
   * @param shape of one example
   * @return the value
   */
  static Value input(Shape shape) {
    return new Value("", shape);
  }

  /**
   * What it is called where all that a layer reads is listed.
   *
   * @return the path of the layer that gives it, or {@code input}
   */
  public String name() {
    return path.isEmpty() ? INPUT : path;
  }
}

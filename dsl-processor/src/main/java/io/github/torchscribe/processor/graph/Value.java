package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.tensor.Shape;

/**
 * What a layer gives and others read, or what the network is given.
 *
 * @param path of the layer that gives it; empty for the network's only input, the name of one of
 *     several
 * @param shape of one example
 * @param isCopy whether it is only another in another form; no user's path is that of a copy
 */
public record Value(String path, Shape shape, boolean isCopy) {
  static final String INPUT = "input";

  /**
   * What a layer gives.
   *
   * @param path of the layer
   * @param shape of one example
   */
  public Value(String path, Shape shape) {
    this(path, shape, false);
  }

  /**
   * The same in another form.
   *
   * @param before where it is made: a path of a layer, and what stands before or behind that
   * @return of the same shape
   */
  public Value copiedAt(String before) {
    return new Value(before, shape, true);
  }

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
   * One of several that the network is given.
   *
   * @param name what it is called
   * @param shape of one example
   * @return the value
   */
  static Value input(String name, Shape shape) {
    return new Value(name, shape);
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

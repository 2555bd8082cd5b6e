package io.github.torchscribe.processor.declaration;

/** What a network consists of: layers, and other networks. */
public sealed interface Part {
  /**
   * A layer.
   *
   * @param written its annotation
   */
  record Single(Written written) implements Part {}

  /**
   * A network inside.
   *
   * @param written the annotation that names it
   * @param network what it is
   * @param times how many stand one after the other
   */
  record Nested(Written written, Declaration network, int times) implements Part {}
}

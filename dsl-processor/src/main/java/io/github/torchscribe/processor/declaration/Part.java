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

  /**
   * A network inside that cannot be read, for a reason that has been reported.
   *
   * @param written the annotation that names it
   */
  record Unread(Written written) implements Part {}

  /**
   * Where it is written.
   *
   * @return the annotation
   */
  Written written();
}

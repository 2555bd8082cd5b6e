package io.github.torchscribe.processor.declaration;

import java.util.List;
import java.util.Optional;

/** What a network consists of: layers, and other networks. */
public sealed interface Part {
  /**
   * A layer.
   *
   * @param written its annotation
   * @param name what it is called in place of its position
   */
  record Single(Written written, Optional<Written> name) implements Part {}

  /**
   * A network or block inside.
   *
   * @param written the annotation that names it
   * @param network what it is
   * @param times how many stand one after the other
   * @param name what it is called in place of its position
   */
  record Nested(Written written, Declaration network, int times, Optional<Written> name)
      implements Part {}

  /**
   * Networks or blocks side by side.
   *
   * @param written the annotation that names them
   * @param networks what they are, in order
   * @param meeting how what they give becomes one value
   * @param name what they are called in place of their position
   */
  record Branched(
      Written written, List<Declaration> networks, Written meeting, Optional<Written> name)
      implements Part {}

  /**
   * Where what went past all parts above is added.
   *
   * @param written {@code @Residual}
   * @param shortcut what it went through
   */
  record Sum(Written written, Optional<Nested> shortcut) implements Part {}

  /**
   * A part that cannot be read, for a reason that has been reported.
   *
   * @param written its annotation
   */
  record Unread(Written written) implements Part {}

  /**
   * Where it is written.
   *
   * @return the annotation
   */
  Written written();
}

package io.github.torchscribe.processor.compiler;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import java.util.Optional;

/** How an annotation stands in the source, as far as the compiler shows that. */
public interface Notation {
  /** Of an annotation in a class file, or under a compiler that shows nothing. */
  Notation HIDDEN = new Notation() {};

  /**
   * A constant or a class by the name that is written for it.
   *
   * @param member of the annotation
   * @return for example {@code Conv2d.SAME}; empty where something else is written, or hidden
   */
  default Optional<String> name(String member) {
    return Optional.empty();
  }

  /**
   * The annotation, for positions.
   *
   * @return null where there are no trees
   */
  default Tree tree() {
    return null;
  }

  /**
   * A member's value.
   *
   * @param member of the annotation
   * @return the annotation where the value is not written; null where there are no trees
   */
  default Tree tree(String member) {
    return null;
  }

  /**
   * One of a member's values.
   *
   * @param member of the annotation
   * @param index in the array
   * @return the whole value where there is no array; null where there are no trees
   */
  default Tree tree(String member, int index) {
    return null;
  }

  /**
   * The file.
   *
   * @return null where there are no trees
   */
  default CompilationUnitTree unit() {
    return null;
  }
}

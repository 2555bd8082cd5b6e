package io.github.torchscribe.processor.message;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/**
 * A place in the user's source, as exactly as the compiler lets us know it.
 *
 * @param element the declaration
 * @param mirror an annotation on it, or null
 * @param value a value in that annotation, or null
 * @param tree the very expression, or null where the compiler has no trees for us
 * @param unit the file of the tree, or null
 * @param use where the declaration is a block that is used: by whom, and how; else empty
 */
public record Position(
    Element element,
    AnnotationMirror mirror,
    AnnotationValue value,
    Tree tree,
    CompilationUnitTree unit,
    String use) {
  /**
   * A place in what is not used by others, or the same for all of them.
   *
   * @param element the declaration
   * @param tree the very expression, or null where the compiler has no trees for us
   * @param unit the file of the tree, or null
   */
  public Position(Element element, Tree tree, CompilationUnitTree unit) {
    this(element, null, null, tree, unit, "");
  }

  /** The same place, whoever uses it. */
  Position forAll() {
    return new Position(element, mirror, value, tree, unit, "");
  }
}

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
 */
public record Position(
    Element element,
    AnnotationMirror mirror,
    AnnotationValue value,
    Tree tree,
    CompilationUnitTree unit) {}

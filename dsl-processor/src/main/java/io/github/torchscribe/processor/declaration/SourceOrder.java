package io.github.torchscribe.processor.declaration;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * The annotations of a type in the order in which they are written.
 *
 * <p>The language model folds repeated annotations into their container and so loses how they stand
 * among others. javac's trees keep it: order and position come from there, values from the mirrors.
 * Without trees the mirrors' order is the source's, as long as nothing is repeated.
 */
final class SourceOrder {
  private final Elements elements;
  private final Trees trees;

  /**
   * Looks at types with what the compiler offers.
   *
   * @param trees javac's, or null under another compiler
   */
  SourceOrder(Elements elements, Trees trees) {
    this.elements = elements;
    this.trees = trees;
  }

  /** All annotations, unfolded; empty when their order cannot be known. */
  Optional<List<Written>> of(TypeElement type) {
    TreePath path = trees == null ? null : trees.getPath(type);
    return path == null ? fromMirrors(type) : Optional.of(fromTrees(type, path));
  }

  /** The first container of repeated annotations. */
  Optional<Written> repeated(TypeElement type) {
    return type.getAnnotationMirrors().stream()
        .filter(mirror -> !contained(mirror).isEmpty())
        .findFirst()
        .map(mirror -> new Written(type, contained(mirror).get(0), elements, null, null));
  }

  private Optional<List<Written>> fromMirrors(TypeElement type) {
    if (repeated(type).isPresent()) {
      return Optional.empty();
    }
    List<Written> result = new ArrayList<>();
    for (AnnotationMirror mirror : type.getAnnotationMirrors()) {
      result.add(new Written(type, mirror, elements, null, null));
    }
    return Optional.of(result);
  }

  private List<Written> fromTrees(TypeElement type, TreePath path) {
    Map<Element, Deque<AnnotationMirror>> mirrors = unfold(type);
    CompilationUnitTree unit = path.getCompilationUnit();
    List<Written> result = new ArrayList<>();
    ClassTree declaration = (ClassTree) path.getLeaf();
    for (AnnotationTree tree : declaration.getModifiers().getAnnotations()) {
      Element annotation = trees.getElement(new TreePath(path, tree.getAnnotationType()));
      Deque<AnnotationMirror> left = mirrors.get(annotation);
      if (left != null && !left.isEmpty()) {
        result.add(new Written(type, left.poll(), elements, tree, unit));
      }
    }
    return result;
  }

  private Map<Element, Deque<AnnotationMirror>> unfold(TypeElement type) {
    Map<Element, Deque<AnnotationMirror>> result = new LinkedHashMap<>();
    for (AnnotationMirror mirror : type.getAnnotationMirrors()) {
      List<AnnotationMirror> inside = contained(mirror);
      for (AnnotationMirror one : inside.isEmpty() ? List.of(mirror) : inside) {
        result
            .computeIfAbsent(one.getAnnotationType().asElement(), key -> new ArrayDeque<>())
            .add(one);
      }
    }
    return result;
  }

  /** What a container holds; empty when the annotation is none of Torchscribe's containers. */
  private static List<AnnotationMirror> contained(AnnotationMirror mirror) {
    TypeElement annotation = (TypeElement) mirror.getAnnotationType().asElement();
    if (!annotation.getSimpleName().contentEquals("Repeated")
        || !annotation.getQualifiedName().toString().startsWith("io.github.torchscribe.dsl.")) {
      return List.of();
    }
    List<AnnotationMirror> result = new ArrayList<>();
    for (AnnotationValue value : mirror.getElementValues().values()) {
      if (value.getValue() instanceof List<?> list) {
        list.forEach(v -> result.add((AnnotationMirror) ((AnnotationValue) v).getValue()));
      }
    }
    return result;
  }
}

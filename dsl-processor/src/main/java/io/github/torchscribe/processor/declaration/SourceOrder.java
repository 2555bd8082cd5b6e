package io.github.torchscribe.processor.declaration;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.github.torchscribe.dsl.Order;
import io.github.torchscribe.processor.message.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
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
 * The annotations of a type or a method in the order in which they are written.
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
  Optional<List<Written>> of(Element element) {
    TreePath path = path(element);
    return path == null ? fromMirrors(element) : Optional.of(fromTrees(element, path));
  }

  private TreePath path(Element element) {
    return trees == null ? null : trees.getPath(element);
  }

  /** The place of a declaration; javac puts the caret under its name. */
  Position position(Element element) {
    TreePath path = path(element);
    return path == null
        ? new Position(element, null, null, null, null)
        : new Position(element, null, null, path.getLeaf(), path.getCompilationUnit());
  }

  /** The first container of repeated annotations. */
  Optional<Written> repeated(Element element) {
    return element.getAnnotationMirrors().stream()
        .filter(mirror -> !contained(mirror).isEmpty())
        .findFirst()
        .map(mirror -> new Written(element, contained(mirror).get(0), elements, null, null));
  }

  private Optional<List<Written>> fromMirrors(Element element) {
    if (repeated(element).isPresent()) {
      return element instanceof TypeElement type ? fromModel(type) : Optional.empty();
    }
    List<Written> result = new ArrayList<>();
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      result.add(new Written(element, mirror, elements, null, null));
    }
    return Optional.of(result);
  }

  /** A network from a jar: its generated model says the order. */
  private Optional<List<Written>> fromModel(TypeElement type) {
    String packageName = elements.getPackageOf(type).getQualifiedName().toString();
    String model = DeclarationReader.modelName(type);
    TypeElement generated =
        elements.getTypeElement(packageName.isEmpty() ? model : packageName + "." + model);
    if (generated == null) {
      return Optional.empty();
    }
    Map<String, Deque<AnnotationMirror>> mirrors = new HashMap<>();
    unfold(type).forEach((kind, all) -> mirrors.put(kind.getSimpleName().toString(), all));
    return generated.getAnnotationMirrors().stream()
        .map(mirror -> new Written(generated, mirror, elements, null, null))
        .filter(written -> written.type().equals(Order.class.getName()))
        .findFirst()
        .map(
            order ->
                order.texts("value").stream()
                    .map(name -> mirrors.get(name).poll())
                    .map(mirror -> new Written(type, mirror, elements, null, null))
                    .toList());
  }

  private List<Written> fromTrees(Element type, TreePath path) {
    Map<Element, Deque<AnnotationMirror>> mirrors = unfold(type);
    CompilationUnitTree unit = path.getCompilationUnit();
    List<Written> result = new ArrayList<>();
    for (AnnotationTree tree : modifiers(path.getLeaf()).getAnnotations()) {
      Element annotation = trees.getElement(new TreePath(path, tree.getAnnotationType()));
      Deque<AnnotationMirror> left = mirrors.get(annotation);
      if (left != null && !left.isEmpty()) {
        result.add(new Written(type, left.poll(), elements, tree, unit));
      }
    }
    return result;
  }

  private static ModifiersTree modifiers(Tree declaration) {
    if (declaration instanceof MethodTree method) {
      return method.getModifiers();
    }
    return declaration instanceof VariableTree variable
        ? variable.getModifiers()
        : ((ClassTree) declaration).getModifiers();
  }

  private Map<Element, Deque<AnnotationMirror>> unfold(Element type) {
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

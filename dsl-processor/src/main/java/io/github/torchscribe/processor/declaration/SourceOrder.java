package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.Order;
import io.github.torchscribe.processor.compiler.Mark;
import io.github.torchscribe.processor.compiler.Notation;
import io.github.torchscribe.processor.compiler.Source;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * The annotations of a type or a method in the order in which they are written.
 *
 * <p>The language model folds repeated annotations into their container and so loses how they stand
 * among others. The source keeps it: order and position come from there, values from the mirrors.
 * Where the source does not show, the mirrors' order is the source's, as long as nothing is
 * repeated; of a type in a class file its generated model says the order.
 */
final class SourceOrder {
  private static final String CONTAINER = ".Repeated";

  private final Elements elements;
  private final Source source;

  /**
   * Looks at types with what the compiler offers.
   *
   * @param elements the compiler's
   * @param source that is being compiled
   */
  SourceOrder(Elements elements, Source source) {
    this.elements = elements;
    this.source = source;
  }

  /** All annotations, unfolded; empty when their order cannot be known. */
  Optional<List<Written>> of(Element element) {
    Optional<List<Mark>> marks = source.annotations(element);
    if (marks.isPresent()) {
      return Optional.of(asMarked(element, marks.get()));
    }
    if (repeated(element).isEmpty()) {
      return Optional.of(
          element.getAnnotationMirrors().stream().map(mirror -> written(element, mirror)).toList());
    }
    return element instanceof TypeElement type && !source.isCompiled(type)
        ? model(type).flatMap(model -> fromModel(type, model))
        : Optional.empty();
  }

  /** The place of a declaration; javac puts the caret under its name. */
  Position position(Element element) {
    return source.position(element);
  }

  /** The first container of repeated annotations. */
  Optional<Written> repeated(Element element) {
    return element.getAnnotationMirrors().stream()
        .filter(mirror -> !contained(mirror).isEmpty())
        .findFirst()
        .map(mirror -> written(element, contained(mirror).get(0)));
  }

  /** Says why the order cannot be known. */
  void sayHidden(Element element, Report report) {
    Written repeated = repeated(element).orElseThrow();
    String name = "@" + repeated.name();
    if (element instanceof TypeElement type && !source.isCompiled(type)) {
      String why =
          DeclarationReader.modelName(type)
              + (model(type).isEmpty()
                  ? ", which does, is missing"
                  : " is of another " + type.getSimpleName());
      report.say(Message.ORDER_LOST, repeated.at(), name, type.getSimpleName(), why);
    } else {
      report.say(Message.ORDER_HIDDEN, repeated.at(), name);
    }
  }

  private List<Written> asMarked(Element element, List<Mark> marks) {
    Map<String, Deque<AnnotationMirror>> mirrors = unfold(element);
    List<Written> result = new ArrayList<>();
    for (Mark mark : marks) {
      // Whoever writes the container himself has written what is in it, there.
      boolean container =
          mark.type().startsWith(DeclarationReader.DSL) && mark.type().endsWith(CONTAINER);
      String type = mark.type();
      String inside = container ? type.substring(0, type.length() - CONTAINER.length()) : type;
      Deque<AnnotationMirror> left = mirrors.getOrDefault(inside, new ArrayDeque<>());
      for (int i = container ? left.size() : Math.min(1, left.size()); i > 0; i--) {
        Notation notation = container ? Notation.HIDDEN : mark.notation();
        result.add(new Written(element, left.poll(), elements, notation));
      }
    }
    return result;
  }

  private Optional<TypeElement> model(TypeElement type) {
    String packageName = elements.getPackageOf(type).getQualifiedName().toString();
    String model = DeclarationReader.modelName(type);
    return Optional.ofNullable(
        elements.getTypeElement(packageName.isEmpty() ? model : packageName + "." + model));
  }

  /** As the generated model says; empty where it is the model of something else. */
  private Optional<List<Written>> fromModel(TypeElement type, TypeElement model) {
    Optional<List<String>> order =
        model.getAnnotationMirrors().stream()
            .map(mirror -> written(model, mirror))
            .filter(written -> written.type().equals(Order.class.getName()))
            .findFirst()
            .map(written -> written.texts("value"));
    // The model names ours alone, and by their simple names.
    Map<String, Deque<AnnotationMirror>> mirrors = new TreeMap<>();
    unfold(type)
        .forEach(
            (kind, all) -> {
              if (kind.startsWith(DeclarationReader.DSL)) {
                mirrors.put(kind.substring(kind.lastIndexOf('.') + 1), all);
              }
            });
    List<Written> result = new ArrayList<>();
    for (String name : order.orElse(List.of())) {
      Deque<AnnotationMirror> left = mirrors.getOrDefault(name, new ArrayDeque<>());
      if (left.isEmpty()) {
        return Optional.empty();
      }
      result.add(written(type, left.poll()));
    }
    return mirrors.values().stream().allMatch(Deque::isEmpty)
        ? Optional.of(result)
        : Optional.empty();
  }

  private Written written(Element element, AnnotationMirror mirror) {
    return new Written(element, mirror, elements, Notation.HIDDEN);
  }

  /** By the annotation's qualified name. */
  private Map<String, Deque<AnnotationMirror>> unfold(Element type) {
    Map<String, Deque<AnnotationMirror>> result = new LinkedHashMap<>();
    for (AnnotationMirror mirror : type.getAnnotationMirrors()) {
      List<AnnotationMirror> inside = contained(mirror);
      for (AnnotationMirror one : inside.isEmpty() ? List.of(mirror) : inside) {
        result.computeIfAbsent(nameOf(one), key -> new ArrayDeque<>()).add(one);
      }
    }
    return result;
  }

  private static String nameOf(AnnotationMirror mirror) {
    return ((TypeElement) mirror.getAnnotationType().asElement()).getQualifiedName().toString();
  }

  /** What a container holds; empty when the annotation is none of Torchscribe's containers. */
  private static List<AnnotationMirror> contained(AnnotationMirror mirror) {
    TypeElement annotation = (TypeElement) mirror.getAnnotationType().asElement();
    if (!annotation.getSimpleName().contentEquals("Repeated")
        || !annotation.getQualifiedName().toString().startsWith(DeclarationReader.DSL)) {
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

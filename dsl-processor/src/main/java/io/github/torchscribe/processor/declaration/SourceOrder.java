package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.processor.compiler.Mark;
import io.github.torchscribe.processor.compiler.Notation;
import io.github.torchscribe.processor.compiler.Source;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;
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

  private final Source source;
  private final Carried carried;

  /**
   * Looks at types with what the compiler offers.
   *
   * @param elements the compiler's
   * @param source that is being compiled
   */
  SourceOrder(Elements elements, Source source) {
    this.source = source;
    this.carried = new Carried(elements);
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
    if (source.isCompiled(home(element))) {
      return Optional.empty();
    }
    Optional<List<String>> names =
        element instanceof ExecutableElement method
            ? carried.annotations(method)
            : carried.annotations((TypeElement) element);
    return names.flatMap(order -> inOrder(element, order));
  }

  /** Whether a type is being compiled. */
  boolean isCompiled(TypeElement type) {
    return source.isCompiled(type);
  }

  /** An annotation on a parameter. */
  Optional<Written> on(VariableElement parameter, Class<? extends Annotation> annotation) {
    return of(parameter).orElse(List.of()).stream()
        .filter(written -> written.is(annotation))
        .findFirst();
  }

  /** The methods that a type itself declares, in source order. */
  List<ExecutableElement> methods(TypeElement type) {
    List<ExecutableElement> methods = ElementFilter.methodsIn(type.getEnclosedElements());
    if (source.isCompiled(type)) {
      return methods;
    }
    List<String> order = carried.methods(type);
    return methods.stream()
        .sorted(Comparator.comparingInt(method -> order.indexOf(method.getSimpleName().toString())))
        .toList();
  }

  /** What the parameters of a method are called; empty where a class file does not tell. */
  Optional<List<String>> parameters(ExecutableElement method) {
    return source.isCompiled(home(method))
        ? Optional.of(
            method.getParameters().stream().map(one -> one.getSimpleName().toString()).toList())
        : carried.parameters(method);
  }

  private static TypeElement home(Element element) {
    return element instanceof TypeElement type ? type : home(element.getEnclosingElement());
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
    TypeElement type = home(element);
    if (source.isCompiled(type)) {
      report.say(Message.ORDER_HIDDEN, repeated.at(), name);
    } else {
      report.say(Message.ORDER_LOST, repeated.at(), name, type.getSimpleName(), whyLost(type));
    }
  }

  /** Says what of a class file's generated class is wrong. */
  String whyLost(TypeElement type) {
    return DeclarationReader.generatedName(type)
        + (carried.by(type).isEmpty()
            ? ", which does, is missing"
            : " is of another " + type.getSimpleName());
  }

  private List<Written> asMarked(Element element, List<Mark> marks) {
    Map<String, Deque<AnnotationMirror>> mirrors = unfold(element);
    List<Written> result = new ArrayList<>();
    for (Mark mark : marks) {
      // Whoever writes the container himself has written what is in it, there.
      String type = mark.type();
      String inside = inside(element, type);
      boolean container = !inside.equals(type);
      Deque<AnnotationMirror> left = mirrors.getOrDefault(inside, new ArrayDeque<>());
      for (int i = container ? left.size() : Math.min(1, left.size()); i > 0; i--) {
        Notation notation = container ? Notation.HIDDEN : mark.notation();
        result.add(written(element, left.poll(), notation));
      }
    }
    return result;
  }

  /** What an annotation holds that is written as a container by hand; else itself. */
  private static String inside(Element element, String type) {
    if (type.startsWith(DeclarationReader.DSL) && type.endsWith(CONTAINER)) {
      return type.substring(0, type.length() - CONTAINER.length());
    }
    return element.getAnnotationMirrors().stream()
        .filter(mirror -> nameOf(mirror).equals(type))
        .flatMap(mirror -> contained(mirror).stream())
        .map(SourceOrder::nameOf)
        .findFirst()
        .orElse(type);
  }

  /** As the generated class says; empty where it is that of something else. */
  private Optional<List<Written>> inOrder(Element element, List<String> order) {
    // It names ours, by their simple names, and pieces of the user's own.
    Map<String, Deque<AnnotationMirror>> mirrors = new TreeMap<>();
    unfold(element)
        .forEach(
            (kind, all) -> {
              if (kind.startsWith(DeclarationReader.DSL)) {
                mirrors.put(kind.substring(kind.lastIndexOf('.') + 1), all);
              } else if (Definition.isPiece(all.getFirst())) {
                mirrors.put(kind, all);
              }
            });
    List<Written> result = new ArrayList<>();
    for (String name : order) {
      Deque<AnnotationMirror> left = mirrors.getOrDefault(name, new ArrayDeque<>());
      if (left.isEmpty()) {
        return Optional.empty();
      }
      result.add(written(element, left.poll()));
    }
    return mirrors.values().stream().allMatch(Deque::isEmpty)
        ? Optional.of(result)
        : Optional.empty();
  }

  private Written written(Element element, AnnotationMirror mirror) {
    return written(element, mirror, Notation.HIDDEN);
  }

  private Written written(Element element, AnnotationMirror mirror, Notation notation) {
    return new Written(element, mirror, notation, definition(element, mirror));
  }

  /** What makes it a piece of the user's own, where it is one. */
  private Definition definition(Element element, AnnotationMirror mirror) {
    TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
    if (Definition.isMark(mirror)) {
      return new Definition(Optional.empty(), true, method -> parameters(element, method));
    }
    if (!Definition.isPiece(mirror)) {
      return Definition.NONE;
    }
    Optional<Written> mark =
        of(type).orElse(List.of()).stream()
            .filter(one -> one.kind().equals(nameOf(Definition.marks(type).findFirst().get())))
            .findFirst();
    return new Definition(mark, isCompiled(type), method -> parameters(type, method));
  }

  /**
   * What the parameters of a method of the user's class are called.
   *
   * @param piece what names it
   */
  private Optional<List<String>> parameters(Element piece, ExecutableElement method) {
    List<String> names =
        method.getParameters().stream().map(one -> one.getSimpleName().toString()).toList();
    boolean known = names.stream().noneMatch(name -> name.matches("arg\\d+"));
    if (source.isCompiled(home(method)) || known) {
      return Optional.of(names);
    }
    return piece instanceof TypeElement type && !source.isCompiled(type)
        ? carried.parameters(type, method)
        : Optional.empty();
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

  /**
   * What a container of Torchscribe's or of a piece of the user's holds; empty where it is none.
   */
  private static List<AnnotationMirror> contained(AnnotationMirror mirror) {
    TypeElement annotation = (TypeElement) mirror.getAnnotationType().asElement();
    boolean ours =
        annotation.getSimpleName().contentEquals("Repeated")
            && annotation.getQualifiedName().toString().startsWith(DeclarationReader.DSL);
    List<AnnotationMirror> result = new ArrayList<>();
    for (AnnotationValue value : mirror.getElementValues().values()) {
      if (value.getValue() instanceof List<?> list) {
        list.stream()
            .map(one -> ((AnnotationValue) one).getValue())
            .filter(AnnotationMirror.class::isInstance)
            .map(AnnotationMirror.class::cast)
            .filter(one -> ours || Definition.isPiece(one) && isRepeatedBy(one, annotation))
            .forEach(result::add);
      }
    }
    return result;
  }

  private static boolean isRepeatedBy(AnnotationMirror one, TypeElement container) {
    return one.getAnnotationType().asElement().getAnnotationMirrors().stream()
        .filter(mirror -> nameOf(mirror).equals(Repeatable.class.getName()))
        .flatMap(mirror -> mirror.getElementValues().values().stream())
        .map(AnnotationValue::getValue)
        .anyMatch(type -> type instanceof DeclaredType t && t.asElement().equals(container));
  }
}

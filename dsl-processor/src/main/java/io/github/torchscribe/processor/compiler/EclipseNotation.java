package io.github.torchscribe.processor.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/**
 * An annotation in the tree of Eclipse's compiler. There is no way to it but what the elements have
 * inside; it has been the same for as long as there are repeated annotations.
 */
record EclipseNotation(Object annotation) implements Notation {
  private static final String ELEMENTS = "org.eclipse.jdt.internal.compiler.apt.model.";

  /** Whether an element is of Eclipse's compiler. */
  static boolean has(Element element) {
    return element.getClass().getName().startsWith(ELEMENTS);
  }

  /** Whether a type or a method is in a source file that is being compiled. */
  static boolean isSource(Element element) {
    return binding(element)
        .filter(binding -> binding.getClass().getSimpleName().startsWith("Source"))
        .isPresent();
  }

  /** The annotations on a type or a method, in order; empty where the tree is not there. */
  static Optional<List<Mark>> on(Element element) {
    Optional<Object> declaration =
        element instanceof ExecutableElement
            ? binding(element).flatMap(binding -> Inside.call(binding, "sourceMethod"))
            : binding(element)
                .flatMap(binding -> Inside.field(binding, "scope"))
                .flatMap(scope -> Inside.field(scope, "referenceContext"));
    return declaration
        .flatMap(tree -> Inside.field(tree, "annotations"))
        .flatMap(EclipseNotation::marks);
  }

  private static Optional<Object> binding(Element element) {
    return Inside.field(element, "_binding");
  }

  private static Optional<List<Mark>> marks(Object annotations) {
    List<Mark> result = new ArrayList<>();
    for (Object annotation : (Object[]) annotations) {
      Optional<String> type =
          Inside.field(annotation, "resolvedType")
              .flatMap(binding -> Inside.call(binding, "readableName"))
              .map(name -> new String((char[]) name));
      if (type.isEmpty()) {
        return Optional.empty(); // what is not resolved has no order either
      }
      result.add(new Mark(type.get(), new EclipseNotation(annotation)));
    }
    return Optional.of(result);
  }

  @Override
  public Optional<String> name(String member) {
    Object[] pairs = (Object[]) Inside.call(annotation, "memberValuePairs").orElse(new Object[0]);
    for (Object pair : pairs) {
      if (Inside.field(pair, "name").filter(name -> member.equals(text(name))).isPresent()) {
        return Inside.field(pair, "value").filter(EclipseNotation::isName).map(Object::toString);
      }
    }
    return Optional.empty();
  }

  private static boolean isName(Object expression) {
    String kind = expression.getClass().getSimpleName();
    return kind.equals("QualifiedNameReference") || kind.equals("ClassLiteralAccess");
  }

  private static String text(Object name) {
    return new String((char[]) name);
  }
}

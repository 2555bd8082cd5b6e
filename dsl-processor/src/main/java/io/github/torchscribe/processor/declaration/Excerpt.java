package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.processor.compiler.Notation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.type.DeclaredType;

/**
 * An annotation as messages, tables and generated comments show it: as it is written, but for the
 * sizes that a use gives, which stand there as numbers.
 *
 * @param mirror the annotation
 * @param notation how it is written
 * @param sizes that a use gives
 */
record Excerpt(AnnotationMirror mirror, Notation notation, Sizes sizes) {
  /** The annotation, for example {@code @Linear({784, 200})}. */
  String text() {
    String arguments =
        mirror.getElementValues().entrySet().stream()
            .map(e -> assignment(e.getKey().getSimpleName().toString(), e.getValue()))
            .collect(Collectors.joining(", "));
    return "@"
        + mirror.getAnnotationType().asElement().getSimpleName()
        + (arguments.isEmpty() ? "" : "(" + arguments + ")");
  }

  private String assignment(String member, AnnotationValue value) {
    boolean alone = member.equals("value") && mirror.getElementValues().size() == 1;
    // A constant by its name, Conv2d.SAME, where the compiler shows the source.
    String text = named(member, value).orElseGet(() -> text(value));
    return alone ? text : member + " = " + text;
  }

  private Optional<String> named(String member, AnnotationValue value) {
    List<?> all = value.getValue() instanceof List<?> list ? list : List.of(value);
    boolean replaced =
        all.stream()
            .map(one -> ((AnnotationValue) one).getValue())
            .anyMatch(one -> one instanceof Integer number && sizes.replaces(number));
    return replaced ? Optional.empty() : notation.name(member);
  }

  private String text(AnnotationValue value) {
    if (value.getValue() instanceof List<?> several) {
      String all =
          several.stream().map(v -> text((AnnotationValue) v)).collect(Collectors.joining(", "));
      return several.size() == 1 ? all : "{" + all + "}";
    }
    if (value.getValue() instanceof Integer number) {
      return String.valueOf(sizes.of(number));
    }
    if (value.getValue() instanceof String text) {
      return '"' + text + '"';
    }
    return value.getValue() instanceof DeclaredType type
        ? type.asElement().getSimpleName() + ".class"
        : String.valueOf(value.getValue());
  }
}

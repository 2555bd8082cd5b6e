package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.nn.Layer;
import io.github.torchscribe.dsl.nn.Loss;
import io.github.torchscribe.dsl.optim.Optimizer;
import io.github.torchscribe.dsl.optim.Schedule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * What makes an annotation a piece of the user's own.
 *
 * @param mark {@code @Layer}, {@code @Loss}, {@code @Optimizer} or {@code @Schedule} on the
 *     annotation's type; empty for annotations of ours, and where one of these stands in the
 *     network itself
 * @param compiled whether the mark is in a source that is being compiled
 * @param names what the parameters of a method are called; empty where a class file does not tell
 */
record Definition(
    Optional<Written> mark,
    boolean compiled,
    Function<ExecutableElement, Optional<List<String>>> names) {
  /** Of annotations that say nothing of a class of the user's. */
  static final Definition NONE = new Definition(Optional.empty(), true, any -> Optional.empty());

  private static final String CONSTRUCTOR = "<init>"; // as the language model calls it

  /** What makes others pieces, and what the class is asked for that it names. */
  private static final Map<String, String> MARKS =
      Map.of(
          Layer.class.getName(),
          "forward",
          Loss.class.getName(),
          "loss",
          Optimizer.class.getName(),
          CONSTRUCTOR,
          Schedule.class.getName(),
          CONSTRUCTOR);

  /** Whether an annotation is one that makes others pieces. */
  static boolean isMark(AnnotationMirror mirror) {
    return MARKS.containsKey(name(mirror.getAnnotationType().asElement()));
  }

  /** Whether an annotation is such a piece. */
  static boolean isPiece(AnnotationMirror mirror) {
    return marks(mirror.getAnnotationType().asElement()).findFirst().isPresent();
  }

  /** What makes a type a piece. */
  static Stream<? extends AnnotationMirror> marks(Element annotation) {
    return annotation.getAnnotationMirrors().stream().filter(Definition::isMark);
  }

  /** What a mark asks the class for that it names. */
  static String method(Written mark) {
    return MARKS.get(mark.type());
  }

  private static String name(Element annotation) {
    return ((TypeElement) annotation).getQualifiedName().toString();
  }
}

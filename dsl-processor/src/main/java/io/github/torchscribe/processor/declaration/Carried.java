package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.Order;
import io.github.torchscribe.processor.compiler.Notation;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * What a generated class says of the type that it comes from, where only class files are there: the
 * order of annotations, and the names of parameters. Never asked of a type that is being compiled:
 * it may be yesterday's.
 *
 * @param elements the compiler's
 */
record Carried(Elements elements) {
  /** The class that is generated for a type. */
  Optional<TypeElement> by(TypeElement type) {
    String packageName = elements.getPackageOf(type).getQualifiedName().toString();
    String name = DeclarationReader.generatedName(type);
    return Optional.ofNullable(
        elements.getTypeElement(packageName.isEmpty() ? name : packageName + "." + name));
  }

  /** The simple names of the annotations on a type. */
  Optional<List<String>> annotations(TypeElement type) {
    return order(type).map(order -> order.texts("value"));
  }

  /** The names of the methods that are values, in source order. */
  List<String> methods(TypeElement type) {
    return order(type).stream()
        .flatMap(order -> order.inside("methods").stream())
        .map(method -> method.string("name"))
        .toList();
  }

  /** The simple names of the annotations on a method. */
  Optional<List<String>> annotations(ExecutableElement method) {
    return of(method).map(found -> found.texts("value"));
  }

  /** What the parameters of a method are called. */
  Optional<List<String>> parameters(ExecutableElement method) {
    return parameters((TypeElement) method.getEnclosingElement(), method);
  }

  /** What the parameters of a method are called that a piece of the user's own is computed by. */
  Optional<List<String>> parameters(TypeElement piece, ExecutableElement method) {
    return of(piece, method)
        .map(found -> found.texts("parameters"))
        .filter(names -> names.size() == method.getParameters().size());
  }

  private Optional<Written> of(ExecutableElement method) {
    return of((TypeElement) method.getEnclosingElement(), method);
  }

  private Optional<Written> of(TypeElement type, ExecutableElement method) {
    return order(type).stream()
        .flatMap(order -> order.inside("methods").stream())
        .filter(found -> method.getSimpleName().contentEquals(found.string("name")))
        .findFirst();
  }

  private Optional<Written> order(TypeElement type) {
    return by(type).stream()
        .flatMap(
            model ->
                model.getAnnotationMirrors().stream()
                    .map(mirror -> new Written(model, mirror, Notation.HIDDEN)))
        .filter(written -> written.is(Order.class))
        .findFirst();
  }
}

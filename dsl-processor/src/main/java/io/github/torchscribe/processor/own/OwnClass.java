package io.github.torchscribe.processor.own;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Expressions;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** A class of the user's of which generated code makes objects. */
public final class OwnClass {
  private final TypeElement type;
  private final Optional<OwnMethod> constructor;

  private OwnClass(TypeElement type, Optional<OwnMethod> constructor) {
    this.type = type;
    this.constructor = constructor;
  }

  /**
   * Looks for it.
   *
   * @param written the piece
   * @param parent what it has to be
   * @param report is told why it is none
   * @return empty where there is none
   */
  public static Optional<OwnClass> find(Written written, String parent, Report report) {
    Optional<TypeElement> found = written.own().mark().named("value");
    String wrong =
        found.map(type -> wrong(type, parent)).orElse("nobody can say that; name a class of yours");
    if (!wrong.isEmpty()) {
      report.say(
          Message.OWN_CLASS,
          written.own().at("value"),
          written.own().name(),
          parent,
          found
              .map(type -> type.getSimpleName().toString())
              .orElseGet(() -> String.valueOf(written.own().mark().value("value"))),
          wrong);
      return Optional.empty();
    }
    Optional<OwnMethod> constructor =
        OwnMethod.named(written, found.get(), written.own().methods().get(0), false, report);
    constructor.ifPresent(
        it -> {
          it.checkVisible(report);
          it.checkNamed(0, Set.of(), report);
        });
    return Optional.of(new OwnClass(found.get(), constructor));
  }

  private static String wrong(TypeElement type, String parent) {
    if (supers(type).noneMatch(one -> one.getQualifiedName().contentEquals(parent))) {
      return "that is not said; let it be one";
    }
    if (type.getKind() != ElementKind.CLASS || type.getModifiers().contains(Modifier.ABSTRACT)) {
      return "no object can be made; let it be a class that is not abstract";
    }
    boolean isInner =
        type.getEnclosingElement().getKind() != ElementKind.PACKAGE
            && !type.getModifiers().contains(Modifier.STATIC);
    if (isInner) {
      return "none can be made without an object around it; let it be static";
    }
    if (!type.getTypeParameters().isEmpty()) {
      return "the type parameters are not known; let it have none";
    }
    List<ExecutableElement> constructors = ElementFilter.constructorsIn(type.getEnclosedElements());
    if (constructors.size() > 1) {
      return "there are " + constructors.size() + " constructors; keep one";
    }
    return OwnSignature.whyNotCallable(type, constructors.get(0));
  }

  /** A type, and all that it is. */
  private static Stream<TypeElement> supers(TypeElement type) {
    return Stream.concat(
        Stream.of(type),
        Stream.concat(Stream.of(type.getSuperclass()), type.getInterfaces().stream())
            .flatMap(OwnClass::element)
            .flatMap(OwnClass::supers));
  }

  private static Stream<TypeElement> element(TypeMirror type) {
    return type instanceof DeclaredType declared
        ? Stream.of((TypeElement) declared.asElement())
        : Stream.of();
  }

  /**
   * Whether it, or a class above it, has a method of its own.
   *
   * @param name of the method
   * @param parameters how many it takes
   * @return false where it only has what its interface gives it
   */
  public boolean has(String name, int parameters) {
    return supers(type)
        .filter(one -> one.getKind() == ElementKind.CLASS)
        .flatMap(one -> ElementFilter.methodsIn(one.getEnclosedElements()).stream())
        .anyMatch(
            one ->
                one.getSimpleName().contentEquals(name)
                    && one.getParameters().size() == parameters);
  }

  /**
   * An object of it.
   *
   * @return the expression that makes one; nothing where its constructor is wrong, or no member has
   *     a value
   */
  public Expression construction() {
    return constructor
        .filter(one -> !one.isOfDefinition())
        .map(OwnMethod::construction)
        .orElse(Expressions.NULL);
  }
}

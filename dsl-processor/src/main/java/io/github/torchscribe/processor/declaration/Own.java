package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.processor.message.Position;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.util.ElementFilter;

/**
 * A piece of the user's own where it stands: in a network, or where it is defined, with nobody's
 * values.
 */
public final class Own {
  private final Written written;
  private final Written mark;
  private final Definition definition;
  private final Element element;

  Own(Written written, Element element, Definition definition) {
    this.written = written;
    this.mark = definition.mark().orElse(written);
    this.definition = definition;
    this.element = element;
  }

  /**
   * What says which class has it, and what it is.
   *
   * @return for example {@code @Layer}
   */
  public Written mark() {
    return mark;
  }

  /**
   * Whether it is looked at for itself, in no network: then no member has a value.
   *
   * @return true on an annotation's type
   */
  public boolean isDefinition() {
    return definition.mark().isEmpty() && element.getKind() == ElementKind.ANNOTATION_TYPE;
  }

  /**
   * What it is called.
   *
   * @return the annotation's simple name
   */
  public String name() {
    return isDefinition() ? element.getSimpleName().toString() : written.name();
  }

  /**
   * The members of the user's annotation.
   *
   * @return none where there is no such annotation
   */
  public List<ExecutableElement> members() {
    Element type = definition.mark().map(Written::home).orElse(element);
    return type.getKind() == ElementKind.ANNOTATION_TYPE
        ? ElementFilter.methodsIn(type.getEnclosedElements())
        : List.of();
  }

  /**
   * What its class is asked for.
   *
   * @return the name of a method, or what the language model calls a constructor
   */
  public String method() {
    return Definition.method(mark);
  }

  /**
   * What its class has of that.
   *
   * @return all methods of the name; none where the class does not compile
   */
  public List<ExecutableElement> methods() {
    return mark.named("value").stream()
        .flatMap(type -> type.getEnclosedElements().stream())
        .filter(ExecutableElement.class::isInstance)
        .map(ExecutableElement.class::cast)
        .filter(method -> method.getSimpleName().contentEquals(method()))
        .toList();
  }

  /**
   * Whether its class is told what is what by the names of a method's parameters.
   *
   * @return true where it has members, or learns
   */
  public boolean isNamed() {
    return !members().isEmpty() || !mark.inside("learned").isEmpty();
  }

  /**
   * What the parameters of a method are called.
   *
   * @param method of the class
   * @return empty where a class file does not tell
   */
  public Optional<List<String>> parameters(ExecutableElement method) {
    return definition.names().apply(method);
  }

  /**
   * The package of what it stands on.
   *
   * @return of the network
   */
  public PackageElement home() {
    Element home = element;
    while (home.getKind() != ElementKind.PACKAGE) {
      home = home.getEnclosingElement();
    }
    return (PackageElement) home;
  }

  /**
   * Where it is defined.
   *
   * @return for messages; where it is used, when that is in a class file
   */
  public Position at() {
    return definition.compiled() ? mark.at() : written.at();
  }

  /**
   * Where a member of its definition is.
   *
   * @param member of {@code @Layer}, for example
   * @return for messages; where it is used, when that is in a class file
   */
  public Position at(String member) {
    return definition.compiled() ? mark.at(member) : written.at();
  }

  /**
   * Where one value of an array of its definition is.
   *
   * @param member of {@code @Layer}, for example
   * @param index counted from 0
   * @return for messages; where it is used, when that is in a class file
   */
  public Position at(String member, int index) {
    return definition.compiled() ? mark.at(member, index) : written.at();
  }
}

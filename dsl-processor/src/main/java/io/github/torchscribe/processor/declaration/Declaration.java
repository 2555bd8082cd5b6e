package io.github.torchscribe.processor.declaration;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/**
 * A network as it is written.
 *
 * @param type the annotated interface
 * @param annotations all of Torchscribe's on it, in source order
 * @param network its {@code @Network}
 * @param parts layers and networks inside, in source order
 * @param stacks layers on methods, in source order; then there are no parts
 * @param residual {@code @Residual}, where it is written
 * @param shortcut what {@code @Shortcut} names
 * @param loss at most one
 * @param optimizer at most one
 * @param schedules of the learning rate, in source order
 * @param training {@code @Training}, where it is written
 * @param init {@code @Init}, where it is written
 */
public record Declaration(
    TypeElement type,
    List<Written> annotations,
    Written network,
    List<Part> parts,
    List<Stack> stacks,
    Optional<Written> residual,
    Optional<Part.Nested> shortcut,
    Optional<Written> loss,
    Optional<Written> optimizer,
    List<Written> schedules,
    Optional<Written> training,
    Optional<Written> init) {

  /**
   * Whether an annotation is written more than once, whose place among others class files lose.
   *
   * @return true when one is
   */
  public boolean repeats() {
    return annotations.stream().map(Written::type).distinct().count() < annotations.size();
  }

  /**
   * The interface's simple name.
   *
   * @return for example {@code Mlp}
   */
  public String name() {
    return type.getSimpleName().toString();
  }

  /**
   * What the interface is called in its package.
   *
   * @return for example {@code Mlp}, or {@code Outer.Mlp}
   */
  public String nameInPackage() {
    StringBuilder name = new StringBuilder(type.getSimpleName());
    for (Element e = type.getEnclosingElement();
        e.getKind() != ElementKind.PACKAGE;
        e = e.getEnclosingElement()) {
      name.insert(0, e.getSimpleName() + ".");
    }
    return name.toString();
  }
}

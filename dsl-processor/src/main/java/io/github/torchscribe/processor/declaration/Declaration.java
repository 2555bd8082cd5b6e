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
 * @param network its {@code @Network}, or {@code @Block}
 * @param input what states the input's shape; empty for a block, which takes whatever arrives
 * @param parts layers and networks inside, in the order in which they are applied
 * @param stacks layers on methods that the user's forward puts together, in source order; then
 *     there are no parts
 * @param wired methods that take each other's values; then there are neither parts nor stacks
 * @param losses at most one on the type, or one for each method
 * @param optimizer at most one
 * @param schedules of the learning rate, in source order
 * @param training {@code @Training}, where it is written
 * @param init {@code @Init}, where it is written
 */
public record Declaration(
    TypeElement type,
    List<Written> annotations,
    Written network,
    Optional<Stated> input,
    List<Part> parts,
    List<Stack> stacks,
    Optional<Wired> wired,
    List<LossAt> losses,
    Optional<Written> optimizer,
    List<Written> schedules,
    Optional<Written> training,
    Optional<Written> init) {

  /**
   * Whether class files lose how it is written: the place of an annotation that is written more
   * than once among others, and the names of parameters.
   *
   * @return true when one does
   */
  public boolean isLostInClassFiles() {
    return wired.isPresent()
        || annotations.stream().map(Written::type).distinct().count() < annotations.size();
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
    return nameInPackage(type);
  }

  /**
   * What a type is called in its package.
   *
   * @param type any
   * @return for example {@code Mlp}, or {@code Outer.Mlp}
   */
  public static String nameInPackage(TypeElement type) {
    StringBuilder name = new StringBuilder(type.getSimpleName());
    for (Element e = type.getEnclosingElement();
        e.getKind() != ElementKind.PACKAGE;
        e = e.getEnclosingElement()) {
      name.insert(0, e.getSimpleName() + ".");
    }
    return name.toString();
  }
}

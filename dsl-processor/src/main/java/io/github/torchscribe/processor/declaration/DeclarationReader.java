package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.Init;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Order;
import io.github.torchscribe.dsl.Residual;
import io.github.torchscribe.dsl.Shortcut;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.processor.compiler.Source;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads annotated interfaces. */
public final class DeclarationReader {
  static final String DSL = Network.class.getPackageName() + ".";

  private final Vocabulary vocabulary;
  private final Elements elements;
  private final Signatures signatures;
  private final SourceOrder order;

  /**
   * A reader.
   *
   * @param vocabulary which annotations are what
   * @param elements the compiler's
   * @param types the compiler's
   * @param source that is being compiled
   */
  public DeclarationReader(Vocabulary vocabulary, Elements elements, Types types, Source source) {
    this.vocabulary = vocabulary;
    this.elements = elements;
    this.signatures = new Signatures(types);
    this.order = new SourceOrder(elements, source);
  }

  /**
   * Reads a type with {@code @Network}.
   *
   * @param type the annotated type
   * @param report is told what is wrong
   * @return what is written; empty when its order cannot be known
   */
  public Optional<Declaration> read(TypeElement type, Report report) {
    return read(type, report, List.of());
  }

  /** Reads a type that is used by others, the outermost first. */
  private Optional<Declaration> read(TypeElement type, Report report, List<TypeElement> users) {
    checkIsPlainInterface(type, report);
    Optional<List<Written>> written = order.of(type);
    if (written.isEmpty()) {
      order.sayHidden(type, report);
      return Optional.empty();
    }
    List<Written> all = written.get();
    List<TypeElement> path = new ArrayList<>(users);
    path.add(type);
    if (users.isEmpty()) {
      checkStrangers(type, all, report);
    }
    List<Part> parts = parts(all, path, report);
    List<Stack> stacks =
        new StackReader(elements, signatures, order, this::isPart, report)
            .read(type, on -> parts(on, path, report));
    Optional<Part.Nested> shortcut =
        first(all, Shortcut.class).flatMap(named -> nested(named, 1, path, report));
    Declaration declaration =
        new Declaration(
            type,
            all.stream().filter(w -> w.type().startsWith(DSL)).toList(),
            first(all, Network.class).orElseThrow(),
            parts,
            stacks,
            first(all, Residual.class),
            shortcut,
            only(all, vocabulary.losses(), Message.TWO_LOSSES, type, report),
            only(all, vocabulary.optimizers(), Message.TWO_OPTIMIZERS, type, report),
            all.stream().filter(w -> vocabulary.schedules().contains(w.type())).toList(),
            first(all, Training.class),
            first(all, Init.class));
    checkPresence(declaration, report);
    return Optional.of(declaration);
  }

  /** Of a network that is used by others this is said where it is compiled. */
  private void checkStrangers(TypeElement type, List<Written> all, Report report) {
    Strangers strangers = new Strangers(vocabulary, report);
    strangers.check(type, all);
    for (Element method : type.getEnclosedElements()) {
      order.of(method).ifPresent(on -> strangers.check(method, on));
    }
  }

  private List<Part> parts(List<Written> all, List<TypeElement> path, Report report) {
    List<Part> parts = new ArrayList<>();
    for (Written written : all) {
      if (vocabulary.layers().contains(written.type())) {
        parts.add(new Part.Single(written));
      } else if (written.type().equals(Use.class.getName())) {
        int times = (int) written.checked("times", "at least 1", t -> t >= 1, report);
        Optional<Part.Nested> nested = nested(written, Math.max(1, times), path, report);
        parts.add(nested.isPresent() ? nested.get() : new Part.Unread(written));
      }
    }
    return parts;
  }

  private boolean isPart(Written written) {
    return vocabulary.layers().contains(written.type())
        || written.type().equals(Use.class.getName());
  }

  private Optional<Part.Nested> nested(
      Written written, int times, List<TypeElement> path, Report report) {
    Optional<TypeElement> named = written.named("value");
    if (named.isEmpty()) {
      return Optional.empty(); // the compiler says why
    }
    TypeElement type = named.get();
    if (path.contains(type)) {
      report.say(Message.USES_ITSELF, written.at("value"), type.getSimpleName());
      return Optional.empty();
    }
    if (type.getAnnotation(Network.class) == null) {
      report.say(Message.NOT_A_NETWORK, written.at("value"), written.name(), type.getSimpleName());
      return Optional.empty();
    }
    Optional<Declaration> network = read(type, report, path);
    if (network.isPresent() && !network.get().stacks().isEmpty()) {
      report.say(Message.NOT_A_PART, written.at("value"), type.getSimpleName());
      return Optional.empty();
    }
    return network.map(declaration -> new Part.Nested(written, declaration, times));
  }

  /**
   * Reports annotations of ours on a type without {@code @Network}, or on a method of one.
   *
   * @param type any type or method
   * @param report is told
   */
  public void checkStray(Element type, Report report) {
    if (type.getAnnotation(Network.class) != null) {
      return;
    }
    List<Written> all = order.of(type).or(() -> order.repeated(type).map(List::of)).orElseThrow();
    for (Written written : all) {
      // What is generated carries the order of what it comes from.
      if (Strangers.isOurs(written) && !written.type().equals(Order.class.getName())) {
        report.say(Message.NO_NETWORK, written.at(), "@" + written.name(), type.getSimpleName());
        return; // one is enough: the remedy is the same for all
      }
    }
  }

  private void checkIsPlainInterface(TypeElement type, Report report) {
    if (type.getKind() != ElementKind.INTERFACE) {
      String kind = type.getKind().toString().toLowerCase(Locale.ROOT).replace('_', ' ');
      report.say(
          Message.NOT_AN_INTERFACE,
          order.position(type),
          type.getSimpleName(),
          (kind.matches("[aeiou].*") ? "an " : "a ") + kind);
    }
    if (!type.getTypeParameters().isEmpty()) {
      report.say(
          Message.GENERIC_TYPE,
          order.position(type.getTypeParameters().get(0)),
          type.getSimpleName());
    }
    for (Element e = type; e.getKind() != ElementKind.PACKAGE; e = e.getEnclosingElement()) {
      if (e.getModifiers().contains(Modifier.PRIVATE)) {
        report.say(Message.PRIVATE_TYPE, order.position(e), e.getSimpleName(), modelName(type));
      }
    }
  }

  private static void checkPresence(Declaration declaration, Report report) {
    if (declaration.network().sizes("input").isEmpty()) {
      report.say(Message.NO_INPUT, declaration.network().at(), "@Network(input = {1, 28, 28})");
    }
    boolean stacked = !declaration.stacks().isEmpty();
    if (stacked && !declaration.parts().isEmpty()) {
      report.say(Message.LAYERS_TWICE, first(declaration).at(), declaration.name());
    }
    if (!stacked && !declaration.network().sizes("output").isEmpty()) {
      report.say(Message.OUTPUT_FOLLOWS, declaration.network().at("output"));
    }
    if (!stacked && declaration.parts().isEmpty()) {
      report.say(Message.NO_LAYER, declaration.network().at(), declaration.name());
    }
  }

  private static Written first(Declaration declaration) {
    return declaration.parts().get(0).written();
  }

  private Optional<Written> only(
      List<Written> all, Set<String> kinds, Message second, TypeElement type, Report report) {
    List<Written> found = new ArrayList<>(all);
    found.removeIf(w -> !kinds.contains(w.type()));
    for (int i = 1; i < found.size(); i++) {
      Written one = found.get(i);
      report.say(second, one.at(), type.getSimpleName(), one.text(), found.get(0).text());
    }
    return found.stream().findFirst();
  }

  private static Optional<Written> first(List<Written> all, Class<?> annotation) {
    return all.stream().filter(w -> w.type().equals(annotation.getName())).findFirst();
  }

  /**
   * The name of the generated class; a nested interface's carries those around it.
   *
   * @param type the interface
   * @return for example {@code MlpModel} or {@code Outer_MlpModel}
   */
  public static String modelName(TypeElement type) {
    StringBuilder name = new StringBuilder(type.getSimpleName()).append("Model");
    for (Element e = type.getEnclosingElement();
        e.getKind() != ElementKind.PACKAGE;
        e = e.getEnclosingElement()) {
      name.insert(0, e.getSimpleName() + "_");
    }
    return name.toString();
  }
}

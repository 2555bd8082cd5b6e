package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.Block;
import io.github.torchscribe.dsl.Init;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Order;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.processor.compiler.Source;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
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
   * Reads a type with {@code @Network} or {@code @Block}.
   *
   * @param type the annotated type
   * @param report is told what is wrong
   * @return what is written; empty when its order cannot be known
   */
  public Optional<Declaration> read(TypeElement type, Report report) {
    return read(type, Place.itself(isBlock(type)), report);
  }

  /** Reads a type where it is used. */
  Optional<Declaration> read(TypeElement type, Place place, Report report) {
    checkIsPlainInterface(type, report);
    Optional<List<Written>> written = order.of(type);
    if (written.isEmpty()) {
      order.sayHidden(type, report);
      return Optional.empty();
    }
    List<Written> all = place.meant(written.get());
    if (place.users().isEmpty()) {
      checkStrangers(type, all, report);
    }
    Uses uses = new NestedReader(this, order, type, place, report);
    all.stream()
        .filter(one -> Strangers.isOurs(one) && !vocabulary.saysOfAValue(one))
        .forEach(uses::check);
    List<Part> parts =
        new PartReader(vocabulary, uses, type.getSimpleName().toString(), report)
            .read(all, 1)
            .parts();
    Methods methods = methods(type, all, uses, place, report);
    Written network = first(all, isBlock(type) ? Block.class : Network.class).orElseThrow();
    Declaration declaration =
        new Declaration(
            type,
            all.stream().filter(Strangers::isOurs).toList(),
            network,
            isBlock(type) ? Optional.empty() : Optional.of(methods.stated(network)),
            parts,
            methods.stacks(),
            methods.wired(),
            methods.losses(),
            only(kind(all, vocabulary.optimizers()), Message.TWO_OPTIMIZERS, type, report),
            kind(all, vocabulary.schedules()),
            first(all, Training.class),
            first(all, Init.class));
    new PresenceCheck(declaration, report).check(methods);
    return Optional.of(declaration);
  }

  /**
   * Reads what makes an annotation a piece of the user's own.
   *
   * @param annotation any type
   * @return {@code @Layer}, {@code @Loss} and their like, as often as they are written on it
   */
  public List<Written> definitions(TypeElement annotation) {
    return annotation.getKind() != ElementKind.ANNOTATION_TYPE
        ? List.of()
        : order.of(annotation).orElse(List.of()).stream()
            .filter(one -> Definition.isMark(one.mirror()))
            .toList();
  }

  /**
   * Checks that an annotation is one piece, and is there where networks are read.
   *
   * @param annotation the user's
   * @param pieces what makes it a piece
   * @param report is told what is wrong
   */
  public void checkDefinition(TypeElement annotation, List<Written> pieces, Report report) {
    Written first = pieces.get(0);
    pieces.stream()
        .skip(1)
        .forEach(
            other ->
                report.say(
                    Message.OWN_TWICE, other.at(), annotation.getSimpleName(), first.text()));
    for (Written other : order.of(annotation).orElse(pieces)) {
      if (Strangers.isOurs(other) && !Definition.isMark(other.mirror())) {
        report.say(Message.NO_NETWORK, other.at(), "@" + other.name(), annotation.getSimpleName());
      }
    }
    Retention retention = annotation.getAnnotation(Retention.class);
    if (retention != null && retention.value() == RetentionPolicy.SOURCE) {
      report.say(Message.OWN_SOURCE_ONLY, first.at(), annotation.getSimpleName());
    }
  }

  /** Whether a type's class file does not tell how its methods take each other's values. */
  boolean isLost(TypeElement type, Report report) {
    return new MethodReader(elements, signatures, order, vocabulary, type, report).areLost();
  }

  private Methods methods(
      TypeElement type, List<Written> all, Uses uses, Place place, Report report) {
    MethodReader reader = new MethodReader(elements, signatures, order, vocabulary, type, report);
    List<MethodReader.Marked> marked = reader.marked(place);
    List<Written> losses = kind(all, vocabulary.losses());
    if (!marked.isEmpty() && type.getKind() == ElementKind.INTERFACE && !reader.hasForward()) {
      return new WiredReader(reader, order, vocabulary, uses, report).read(marked, losses);
    }
    List<LossAt> loss =
        only(losses, Message.TWO_LOSSES, type, report).stream()
            .map(written -> new LossAt("", written, Optional.empty(), List.of()))
            .toList();
    List<Stack> stacks = new ArrayList<>();
    for (MethodReader.Marked method : marked) {
      PartReader parts = new PartReader(vocabulary, uses, method.name(), report);
      stacks.add(
          reader.stack(
              method, parts.read(method.annotations(), method.element().getParameters().size())));
    }
    if (!marked.isEmpty()) {
      reader.checkForward();
    }
    return new Methods(stacks, Optional.empty(), loss, true);
  }

  /** Of a network that is used by others this is said where it is compiled. */
  private void checkStrangers(TypeElement type, List<Written> all, Report report) {
    Strangers strangers = new Strangers(vocabulary, report);
    strangers.check(type, all);
    for (Element method : type.getEnclosedElements()) {
      order.of(method).ifPresent(on -> strangers.check(method, on));
    }
  }

  /**
   * Whether a type is a part of others, without an input and a model of its own.
   *
   * @param type any
   * @return true with {@code @Block}
   */
  public static boolean isBlock(TypeElement type) {
    return type.getAnnotation(Block.class) != null;
  }

  /**
   * Whether a type declares a network or a block.
   *
   * @param type any
   * @return true with {@code @Network} or {@code @Block}
   */
  public static boolean isDeclared(TypeElement type) {
    return isBlock(type) || type.getAnnotation(Network.class) != null;
  }

  /**
   * Reports annotations of ours on a type that is neither a network nor a block, or on a method of
   * one.
   *
   * @param element any type or method
   * @param report is told
   */
  public void checkStray(Element element, Report report) {
    List<Written> all =
        order.of(element).or(() -> order.repeated(element).map(List::of)).orElseThrow();
    for (Written written : all) {
      // What is generated carries the order of what it comes from.
      if (Strangers.isOurs(written) && !written.is(Order.class)) {
        report.say(Message.NO_NETWORK, written.at(), "@" + written.name(), element.getSimpleName());
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
          isBlock(type) ? "Block" : "Network",
          type.getSimpleName(),
          (kind.matches("[aeiou].*") ? "an " : "a ") + kind);
    }
    if (!type.getTypeParameters().isEmpty()) {
      report.say(
          Message.GENERIC_TYPE,
          order.position(type.getTypeParameters().get(0)),
          type.getSimpleName());
    }
    if (isBlock(type)) {
      return; // nothing that is generated refers to it
    }
    for (Element e = type; e.getKind() != ElementKind.PACKAGE; e = e.getEnclosingElement()) {
      if (e.getModifiers().contains(Modifier.PRIVATE)) {
        report.say(Message.PRIVATE_TYPE, order.position(e), e.getSimpleName(), generatedName(type));
      }
    }
  }

  private static List<Written> kind(List<Written> all, Set<String> names) {
    return all.stream().filter(written -> names.contains(written.kind())).toList();
  }

  private static Optional<Written> only(
      List<Written> found, Message second, TypeElement type, Report report) {
    for (int i = 1; i < found.size(); i++) {
      Written one = found.get(i);
      report.say(second, one.at(), type.getSimpleName(), one.text(), found.get(0).text());
    }
    return found.stream().findFirst();
  }

  private static Optional<Written> first(
      List<Written> all, Class<? extends Annotation> annotation) {
    return all.stream().filter(written -> written.is(annotation)).findFirst();
  }

  /**
   * The name of the generated class: of a network its model, of a block, and of an annotation of
   * the user's own, what holds its order; a nested type's carries those around it.
   *
   * @param type the interface
   * @return for example {@code MlpModel} or {@code Outer_MlpModel}; {@code BottleneckOrder}
   */
  public static String generatedName(TypeElement type) {
    StringBuilder name = new StringBuilder(type.getSimpleName());
    boolean isPart = isBlock(type) || type.getKind() == ElementKind.ANNOTATION_TYPE;
    name.append(isPart ? "Order" : "Model");
    for (Element e = type.getEnclosingElement();
        e.getKind() != ElementKind.PACKAGE;
        e = e.getEnclosingElement()) {
      name.insert(0, e.getSimpleName() + "_");
    }
    return name.toString();
  }
}

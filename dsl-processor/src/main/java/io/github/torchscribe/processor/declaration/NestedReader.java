package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * Reads what a network or block uses.
 *
 * @param reader of declarations
 * @param order of annotations
 * @param user what uses it
 * @param place where that is read
 * @param report is told what is wrong
 */
record NestedReader(
    DeclarationReader reader, SourceOrder order, TypeElement user, Place place, Report report)
    implements Uses {
  @Override
  public boolean check(Written written) {
    return place.sizes().check(written, user.getSimpleName().toString(), report);
  }

  @Override
  public Optional<Part.Nested> nested(Written written, int times, Optional<Written> name) {
    return written
        .named("value") // else the compiler says why
        .flatMap(type -> used(written, type, -1))
        .map(declaration -> new Part.Nested(written, declaration, times, name));
  }

  @Override
  public Optional<List<Declaration>> branches(Written written) {
    List<Optional<TypeElement>> types = written.allNamed("value");
    List<Declaration> all = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      int index = i;
      types.get(i).flatMap(type -> used(written, type, index)).ifPresent(all::add);
    }
    return all.size() == types.size() ? Optional.of(all) : Optional.empty();
  }

  /**
   * Reads a type.
   *
   * @param index in the annotation's array; negative where there is none
   */
  private Optional<Declaration> used(Written written, TypeElement type, int index) {
    Message wrong =
        type.equals(user) || place.users().contains(type)
            ? Message.USES_ITSELF
            : Message.NOT_A_NETWORK;
    if (wrong == Message.USES_ITSELF || !DeclarationReader.isDeclared(type)) {
      sayWrong(wrong, written, type, index);
      return Optional.empty();
    }
    if (reader.isLost(type, report)) {
      report.say(Message.NAMES_LOST, at(written, index), type.getSimpleName(), order.whyLost(type));
      return Optional.empty();
    }
    Optional<Sizes> sizes = given(written, type);
    Optional<Declaration> network =
        sizes.flatMap(given -> reader.read(type, place.inside(user, given), report));
    if (network.isEmpty() || network.get().stacks().isEmpty()) {
      return network.filter(some -> hasOnePort(some, written, index));
    }
    if (!DeclarationReader.isBlock(type)) { // of a block it has been said there
      sayWrong(Message.NOT_A_PART, written, type, index);
    }
    return Optional.empty();
  }

  /** Whether what is used takes one value and gives one; of a block it has been said there. */
  private boolean hasOnePort(Declaration network, Written written, int index) {
    if (network.wired().isEmpty() || DeclarationReader.isBlock(network.type())) {
      return true;
    }
    Wired wired = network.wired().get();
    boolean hasOne = wired.inputs().size() == 1 && wired.outputs().size() < 2;
    if (!hasOne) {
      String ports =
          Stream.concat(wired.inputs().stream().map(Given::name), wired.outputs().stream())
              .collect(Collectors.joining(", "));
      report.say(Message.NOT_ONE_PORT, at(written, index), network.name(), ports);
    }
    return hasOne;
  }

  private void sayWrong(Message message, Written written, TypeElement type, int index) {
    Position at = at(written, index);
    if (message == Message.NOT_A_NETWORK) {
      report.say(message, at, written.name(), type.getSimpleName());
    } else {
      report.say(message, at, type.getSimpleName());
    }
  }

  private static Position at(Written written, int index) {
    return index < 0 ? written.at("value") : written.at("value", index);
  }

  /** The sizes that a use gives; empty where they are not those that the type has. */
  private Optional<Sizes> given(Written written, TypeElement type) {
    List<Long> given = written.sizes("sizes");
    boolean isBlock = DeclarationReader.isBlock(type);
    Set<Integer> needed = isBlock ? symbols(type) : Set.of();
    int errors = report.errors();
    List<Integer> missing = needed.stream().filter(symbol -> symbol >= given.size()).toList();
    if (!missing.isEmpty()) {
      report.say(
          Message.SIZE_NOT_GIVEN,
          written.at("sizes"),
          type.getSimpleName(),
          missing.stream()
              .map(symbol -> String.valueOf(Sizes.letter(symbol)))
              .collect(Collectors.joining(" and Size.")),
          written.name(),
          given.isEmpty() ? "none" : String.valueOf(given.size()));
    }
    IntStream.range(0, given.size())
        .filter(i -> !needed.contains(i))
        .forEach(
            i ->
                report.say(
                    Message.SIZE_NOT_USED,
                    written.at("sizes", i),
                    type.getSimpleName(),
                    Sizes.letter(i),
                    written.name(),
                    given.get(i)));
    if (report.errors() > errors) {
      return Optional.empty();
    }
    if (!isBlock) {
      return Optional.of(Sizes.NONE);
    }
    return Optional.of(place.sizes().isFree() ? Sizes.FREE : Sizes.of(given, use(written)));
  }

  private String use(Written written) {
    String outer = place.sizes().use();
    return written.text()
        + " of "
        + user.getSimpleName()
        + (outer.isEmpty() ? "" : ", in " + outer);
  }

  /** Which sizes a block has. */
  private Set<Integer> symbols(TypeElement type) {
    List<Written> all = new ArrayList<>(order.of(type).orElse(List.of()));
    for (ExecutableElement method : order.methods(type)) {
      all.addAll(order.of(method).orElse(List.of()));
    }
    return Sizes.in(all);
  }
}

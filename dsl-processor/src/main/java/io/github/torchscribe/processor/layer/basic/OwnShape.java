package io.github.torchscribe.processor.layer.basic;

import io.github.torchscribe.processor.declaration.Own;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.ExecutableElement;

/** What a piece of the user's own says of shapes, and of all numbers that are computed of them. */
final class OwnShape {
  private static final String REST = "...";

  private final Written written;
  private final Own own;
  private final Set<String> members = new TreeSet<>();
  private final Set<String> sizes = new TreeSet<>();

  /** One for each size that is stated; empty for any more sizes. */
  private final List<Optional<Formula>> input;

  private final int rest; // which of them, or -1
  private final List<Optional<Formula>> output;

  /**
   * Reads what is stated.
   *
   * @param written the piece
   * @param report is told what is wrong
   */
  OwnShape(Written written, Report report) {
    this.written = written;
    this.own = written.own();
    own.members().stream()
        .filter(member -> isNumber(member))
        .forEach(member -> members.add(member.getSimpleName().toString()));
    input = formulas("input", report);
    rest = input.indexOf(Optional.<Formula>empty());
    input.stream()
        .flatMap(Optional::stream)
        .flatMap(formula -> formula.name().stream())
        .filter(name -> !members.contains(name))
        .forEach(sizes::add);
    output = formulas("output", report);
    checkNames("input", input, report);
    checkNames("output", output, report);
    if (output.contains(Optional.<Formula>empty()) && !input.isEmpty() && !takesAnyMore()) {
      Position at = own.at("output", output.indexOf(Optional.<Formula>empty()));
      say(REST, at, "input has no \"...\"", report);
    }
  }

  private static boolean isNumber(ExecutableElement member) {
    return member.getReturnType().getKind().isPrimitive()
        && !member.getReturnType().toString().equals("boolean");
  }

  private List<Optional<Formula>> formulas(String member, Report report) {
    List<Optional<Formula>> all = new ArrayList<>();
    List<String> texts = own.mark().texts(member);
    for (int i = 0; i < texts.size(); i++) {
      boolean any = texts.get(i).equals(REST);
      Position at = own.at(member, i);
      Optional<Formula> formula = any ? Optional.empty() : read(texts.get(i), at, report);
      if (any && all.contains(formula)) {
        say(REST, at, "one stands for any more sizes, and there is one already", report);
      } else if (any || formula.isPresent()) {
        all.add(formula);
      }
    }
    return all;
  }

  /** Reads a formula; what is none is said. */
  Optional<Formula> read(String text, Position at, Report report) {
    try {
      return Optional.of(new Formula(text));
    } catch (IllegalArgumentException e) {
      say(text, at, e.getMessage(), report);
      return Optional.empty();
    }
  }

  /** Whether all names of a formula are known; a name that is not is said. */
  boolean knows(Formula formula, Position at, Report report) {
    Optional<String> unknown =
        formula.names().stream()
            .filter(name -> !members.contains(name) && !sizes.contains(name))
            .findFirst();
    unknown.ifPresent(
        name ->
            say(
                formula.toString(),
                at,
                name + " is neither a number of the annotation nor a size of the input",
                report));
    return unknown.isEmpty();
  }

  private void say(String text, Position at, String why, Report report) {
    report.say(Message.OWN_FORMULA, at, text, own.name(), why);
  }

  private void checkNames(String member, List<Optional<Formula>> all, Report report) {
    for (int i = 0; i < all.size(); i++) {
      Position at = own.at(member, i);
      all.get(i).ifPresent(formula -> knows(formula, at, report));
    }
  }

  /** The members that are numbers, as they are written. */
  private Map<String, Double> given() {
    Map<String, Double> all = new HashMap<>();
    for (String member : members) {
      if (written.value(member) instanceof Number number) {
        all.put(member, number.doubleValue());
      }
    }
    return all;
  }

  /**
   * All numbers that formulas may name.
   *
   * @param arriving the input's shape
   * @return members and sizes; of the sizes those that are known
   */
  Map<String, Double> numbers(Shape arriving) {
    Map<String, Double> all = given();
    for (int i = 0; i < input.size() && !arriving.open(); i++) {
      int at = place(i, arriving);
      if (i != rest && at >= 0 && at < arriving.rank()) {
        long size = arriving.sizes().get(at);
        input
            .get(i)
            .flatMap(Formula::name)
            .filter(name -> sizes.contains(name) && size != Shape.UNKNOWN)
            .ifPresent(name -> all.putIfAbsent(name, (double) size));
      }
    }
    return all;
  }

  /** Which of the sizes that arrive a stated one is: those behind the rest are the last. */
  private int place(int stated, Shape arriving) {
    return rest < 0 || stated < rest ? stated : arriving.rank() - input.size() + stated;
  }

  /**
   * The shape rule.
   *
   * @param incoming what arrives
   * @param report is told when it does not fit
   * @return what leaves
   */
  Shape output(Incoming incoming, Report report) {
    Shape arriving = incoming.shape();
    Map<String, Double> numbers = numbers(arriving);
    if (!fits(arriving, numbers)) {
      report.say(
          Message.OWN_DOES_NOT_FIT,
          written.at(),
          own.name(),
          "(N" + described(input, given()) + ")",
          incoming.from(),
          arriving);
      return Shape.ANY;
    }
    if (output.isEmpty()) {
      return arriving;
    }
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < output.size(); i++) {
      Optional<Formula> formula = output.get(i);
      if (formula.isPresent()) {
        all.add(size("output", i, formula.get(), numbers, report));
      } else if (arriving.open() || !input.isEmpty() && !takesAnyMore()) {
        return Shape.ANY;
      } else {
        all.addAll(rest(arriving));
      }
    }
    return new Shape(all);
  }

  private boolean takesAnyMore() {
    return rest >= 0;
  }

  private List<Long> rest(Shape arriving) {
    if (input.isEmpty()) {
      return arriving.sizes();
    }
    int behind = input.size() - 1 - rest;
    return arriving.sizes().subList(rest, arriving.rank() - behind);
  }

  private boolean fits(Shape arriving, Map<String, Double> numbers) {
    if (arriving.open() || input.isEmpty()) {
      return true;
    }
    if (rest < 0 ? arriving.rank() != input.size() : arriving.rank() < input.size() - 1) {
      return false;
    }
    for (int i = 0; i < input.size(); i++) {
      if (i != rest) {
        double wanted = input.get(i).get().value(numbers);
        long size = arriving.sizes().get(place(i, arriving));
        if (size != Shape.UNKNOWN && !Double.isNaN(wanted) && wanted != size) {
          return false;
        }
      }
    }
    return true;
  }

  private static String described(List<Optional<Formula>> all, Map<String, Double> numbers) {
    StringBuilder text = new StringBuilder();
    for (Optional<Formula> one : all) {
      text.append(", ").append(one.map(Formula::toString).orElse(REST));
      one.filter(
              formula ->
                  formula.name().map(numbers::containsKey).orElse(!formula.names().isEmpty()))
          .ifPresent(formula -> text.append(" = ").append(plain(formula.value(numbers))));
    }
    return text.toString();
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  /** A size; unknown where one that it is computed of is. */
  long size(String member, int index, Formula formula, Map<String, Double> all, Report report) {
    double value = formula.value(all);
    if (Double.isNaN(value)) {
      return Shape.UNKNOWN;
    }
    if (value < 1 || value != Math.rint(value) || Double.isInfinite(value)) {
      report.say(
          Message.OWN_SIZE,
          own.isDefinition() ? own.at(member, index) : written.at(),
          formula,
          own.name(),
          plain(value),
          "a size is a whole number of at least 1");
      return Shape.UNKNOWN;
    }
    return (long) value;
  }
}

package io.github.torchscribe.processor.layer.basic;

import io.github.torchscribe.processor.declaration.Own;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Message;
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
    input.stream()
        .flatMap(Optional::stream)
        .filter(formula -> formula.isName() && !members.contains(formula.toString().strip()))
        .forEach(formula -> sizes.add(formula.toString().strip()));
    output = formulas("output", report);
    checkNames("input", input, report);
    checkNames("output", output, report);
    if (output.contains(Optional.<Formula>empty()) && !input.isEmpty() && !takesAnyMore()) {
      say(
          "output",
          output.indexOf(Optional.<Formula>empty()),
          REST,
          "input has no \"...\"",
          report);
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
      boolean rest = texts.get(i).equals(REST);
      Optional<Formula> formula = rest ? Optional.empty() : read(member, i, texts.get(i), report);
      if (rest && all.contains(formula)) {
        say(member, i, REST, "one stands for any more sizes, and there is one already", report);
      } else if (rest || formula.isPresent()) {
        all.add(formula);
      }
    }
    return all;
  }

  private Optional<Formula> read(String member, int index, String text, Report report) {
    try {
      return Optional.of(new Formula(text));
    } catch (IllegalArgumentException e) {
      say(member, index, text, e.getMessage(), report);
      return Optional.empty();
    }
  }

  private void say(String member, int index, String text, String why, Report report) {
    report.say(Message.OWN_FORMULA, own.at(member, index), text, own.name(), why);
  }

  private void checkNames(String member, List<Optional<Formula>> all, Report report) {
    for (int i = 0; i < all.size(); i++) {
      int index = i;
      all.get(i)
          .flatMap(this::unknown)
          .ifPresent(name -> say(member, index, all.get(index).get().toString(), name, report));
    }
  }

  /**
   * What is wrong with a formula.
   *
   * @param formula of members and sizes
   * @return empty where all its names are known
   */
  Optional<String> unknown(Formula formula) {
    return formula.names().stream()
        .filter(name -> !members.contains(name) && !sizes.contains(name))
        .findFirst()
        .map(name -> name + " is neither a number of the annotation nor a size of the input");
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
    int rest = input.indexOf(Optional.<Formula>empty());
    for (int i = 0; i < input.size() && !arriving.open(); i++) {
      int at = rest < 0 || i < rest ? i : arriving.rank() - input.size() + i;
      if (i != rest && at >= 0 && at < arriving.rank()) {
        Formula formula = input.get(i).get();
        String name = formula.toString().strip();
        long size = arriving.sizes().get(at);
        if (sizes.contains(name) && size != Shape.UNKNOWN) {
          all.putIfAbsent(name, (double) size);
        }
      }
    }
    return all;
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
    return input.contains(Optional.<Formula>empty());
  }

  private List<Long> rest(Shape arriving) {
    if (input.isEmpty()) {
      return arriving.sizes();
    }
    int before = input.indexOf(Optional.<Formula>empty());
    int behind = input.size() - 1 - before;
    return arriving.sizes().subList(before, arriving.rank() - behind);
  }

  private boolean fits(Shape arriving, Map<String, Double> numbers) {
    if (arriving.open() || input.isEmpty()) {
      return true;
    }
    int rest = input.indexOf(Optional.<Formula>empty());
    if (rest < 0 ? arriving.rank() != input.size() : arriving.rank() < input.size() - 1) {
      return false;
    }
    for (int i = 0; i < input.size(); i++) {
      int at = rest < 0 || i < rest ? i : arriving.rank() - input.size() + i;
      if (i != rest) {
        double wanted = input.get(i).get().value(numbers);
        long size = arriving.sizes().get(at);
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
      one.filter(formula -> !formula.isName() && !formula.names().isEmpty())
          .or(() -> one.filter(formula -> numbers.containsKey(formula.toString().strip())))
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

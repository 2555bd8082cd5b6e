package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.From;
import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;

/** Reads the parameters of methods that are values: which value each takes. */
final class WireReader {
  private static final String INPUT = "input";

  private final MethodReader methods;
  private final SourceOrder order;
  private final Report report;
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> doubtful = new HashSet<>();
  private final Set<String> missing = new HashSet<>();
  private String input = INPUT;
  private boolean marked;
  private boolean calledInput;
  private Optional<Written> shape = Optional.empty();

  /**
   * A reader.
   *
   * @param methods of the type
   * @param order tells names and positions
   * @param report is told what is wrong
   */
  WireReader(MethodReader methods, SourceOrder order, Report report) {
    this.methods = methods;
    this.order = order;
    this.report = report;
  }

  /** What the input is called. */
  String input() {
    return input;
  }

  /** The annotation on a parameter that states the input's shape. */
  Optional<Written> shape() {
    return shape;
  }

  /** Whether a parameter takes what is not there, or may be another, such as the input. */
  boolean missesAValue() {
    return !missing.isEmpty() || !doubtful.isEmpty();
  }

  /** Whether it has been reported that one cannot know what a name means. */
  boolean isDoubtful(String name) {
    return doubtful.contains(name);
  }

  /** Whether it has been reported that a method has the name of the input. */
  boolean isCalledInput(String name) {
    return calledInput && name.equals(INPUT);
  }

  /** Notes the names of all values, and which parameter is the input. */
  void readNames(List<ExecutableElement> values) {
    for (ExecutableElement method : values) {
      String name = method.getSimpleName().toString();
      if (!names.add(name)) {
        saySame(order.position(method), "this method", "another value, " + name, "one of the two");
        doubtful.add(name);
      } else if (name.equals(ForwardCheck.FORWARD)) {
        saySame(order.position(method), "this method", "the forward of a model", "the method");
      } else if (name.equals(INPUT) && methods.kind().equals("network")) {
        sayInput(method); // so is the input called in a model, however the network calls it
      }
    }
    for (ExecutableElement method : values) {
      List<String> called = parameters(method);
      for (int i = 0; i < called.size(); i++) {
        VariableElement parameter = method.getParameters().get(i);
        String name = called.get(i);
        order.on(parameter, Input.class).ifPresent(written -> readInput(written, name, parameter));
      }
    }
    values.stream()
        .filter(method -> method.getSimpleName().contentEquals(INPUT))
        .filter(method -> !marked && !isDoubtful(INPUT) && parameters(method).contains(INPUT))
        .forEach(this::sayInput);
    methods.others(false).stream().filter(name -> !names.contains(name)).forEach(doubtful::add);
  }

  private void saySame(Position at, String which, String as, String remedy) {
    report.say(Message.SAME_VALUE, at, which, as, remedy);
  }

  private void sayInput(ExecutableElement method) {
    String as = "the input of a " + methods.kind();
    saySame(order.position(method), "this method", as, "the method");
    calledInput = true;
    doubtful.add(INPUT);
  }

  private void readInput(Written written, String name, VariableElement parameter) {
    if (names.contains(name)) {
      if (doubtful.add(name)) {
        saySame(
            order.position(parameter), "this input", "another value, " + name, "one of the two");
      }
    } else if (marked && !name.equals(input)) {
      if (doubtful.add(name)) {
        report.say(Message.TWO_INPUTS, written.at(), name, input, methods.kind());
      }
      return;
    } else {
      marked = true;
      input = name;
    }
    if (!written.sizes("value").isEmpty()) {
      shape.ifPresent(
          first -> report.say(Message.INPUT_STATED_TWICE, written.at("value"), first.text()));
      shape = shape.or(() -> Optional.of(written));
    }
  }

  /** The wires of a method, once all names are noted. */
  List<Wire> wires(ExecutableElement method) {
    List<Wire> wires = new ArrayList<>();
    List<String> called = parameters(method);
    for (int i = 0; i < called.size(); i++) {
      VariableElement parameter = method.getParameters().get(i);
      Optional<Written> from = order.on(parameter, From.class);
      String name = called.get(i);
      String value = from.map(written -> written.string("value")).orElse(name);
      Position at =
          from.map(written -> written.at("value")).orElseGet(() -> order.position(parameter));
      from.ifPresent(written -> checkFrom(written, name, method, parameter));
      if (wires.stream().anyMatch(wire -> wire.value().equals(value))) {
        report.say(Message.TAKES_TWICE, at, method.getSimpleName(), value);
      }
      boolean isThere = names.contains(value) || value.equals(input);
      if (!isThere && !isDoubtful(value) && missing.add(value)) { // once for all that take it
        report.say(Message.NO_VALUE, at, method.getSimpleName(), value, instead(value));
      }
      wires.add(new Wire(name, isThere && !isDoubtful(value) ? value : "", at));
    }
    return wires;
  }

  private void checkFrom(
      Written from, String name, ExecutableElement method, VariableElement parameter) {
    String value = from.string("value");
    boolean isInput = order.on(parameter, Input.class).isPresent();
    boolean isOther = !name.equals(value) && (names.contains(name) || name.equals(input));
    if (isInput || isOther) {
      report.say(
          Message.FROM_CONFLICTS,
          from.at("value"),
          name,
          method.getSimpleName(),
          value,
          isInput ? "@Input that it is the input" : name + " is another value");
    }
  }

  /** What could have been meant. */
  private String instead(String value) {
    if (methods.others(true).contains(value)) {
      return value + " has a body, and is no value; write layers on it in place of the body";
    }
    return "there is no such value; " + meant(value);
  }

  private String meant(String value) {
    Set<String> all = new LinkedHashSet<>(names);
    all.add(input);
    Optional<String> close = Spelling.closest(value, all);
    if (close.isPresent()) {
      return "did you mean " + close.get() + "?";
    }
    return marked
        ? "there are " + String.join(", ", all)
        : "if it is the " + methods.kind() + "'s input, write @Input before it";
  }

  /** Else it has been reported that the type cannot be read. */
  private List<String> parameters(ExecutableElement method) {
    return order.parameters(method).orElse(List.of());
  }
}

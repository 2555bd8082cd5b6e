package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.From;
import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

  /** Methods that have a loss alone. */
  private final Set<String> losses = new HashSet<>();

  private final Map<String, Given> inputs = new LinkedHashMap<>();
  private boolean calledInput;

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

  /** What the network is given, in source order. */
  List<Given> inputs() {
    return inputs.isEmpty()
        ? List.of(new Given(INPUT, Optional.empty()))
        : List.copyOf(inputs.values());
  }

  private boolean isInput(String name) {
    return inputs.isEmpty() ? name.equals(INPUT) : inputs.containsKey(name);
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

  /**
   * Notes the names of all values, and which parameters are inputs.
   *
   * @param values the methods that give one
   * @param all methods, also those that only take some
   */
  void readNames(List<ExecutableElement> values, List<ExecutableElement> all) {
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
    for (ExecutableElement method : all) {
      List<String> called = parameters(method);
      for (int i = 0; i < called.size(); i++) {
        VariableElement parameter = method.getParameters().get(i);
        String name = called.get(i);
        order.on(parameter, Input.class).ifPresent(written -> readInput(written, name, parameter));
      }
    }
    values.stream()
        .filter(method -> method.getSimpleName().contentEquals(INPUT))
        .filter(
            method -> inputs.isEmpty() && !isDoubtful(INPUT) && parameters(method).contains(INPUT))
        .forEach(this::sayInput);
    Set<String> known =
        all.stream().map(method -> method.getSimpleName().toString()).collect(Collectors.toSet());
    methods.others(false).stream().filter(name -> !known.contains(name)).forEach(doubtful::add);
    known.stream().filter(name -> !names.contains(name)).forEach(losses::add);
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
      return;
    }
    boolean isSecond = !inputs.isEmpty() && !inputs.containsKey(name);
    if (isSecond && methods.kind().equals("block")) {
      if (doubtful.add(name)) {
        report.say(Message.TWO_INPUTS, written.at(), name, inputs().get(0).name());
      }
      return;
    }
    Given given = inputs.computeIfAbsent(name, called -> new Given(called, Optional.empty()));
    if (new Stated(written, "value").saysAnything()) {
      given
          .stated()
          .ifPresent(
              first -> report.say(Message.INPUT_STATED_TWICE, written.at("value"), first.text()));
      inputs.put(name, given.or(written));
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
      boolean isThere = names.contains(value) || isInput(value);
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
    boolean isOther = !name.equals(value) && (names.contains(name) || isInput(name));
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
    if (losses.contains(value)) {
      return value + " has a loss alone, and gives nothing; take what it takes";
    }
    return "there is no such value; " + meant(value);
  }

  private String meant(String value) {
    Set<String> all = new LinkedHashSet<>(names);
    inputs().forEach(input -> all.add(input.name()));
    Optional<String> close = Spelling.closest(value, all);
    if (close.isPresent()) {
      return "did you mean " + close.get() + "?";
    }
    return !inputs.isEmpty()
        ? "there are " + String.join(", ", all)
        : "if it is the " + methods.kind() + "'s input, write @Input before it";
  }

  /** Else it has been reported that the type cannot be read. */
  private List<String> parameters(ExecutableElement method) {
    return order.parameters(method).orElse(List.of());
  }
}

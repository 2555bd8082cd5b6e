package io.github.torchscribe.processor.layer.basic;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;

import io.github.torchscribe.dsl.nn.Layer.Begins;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.own.OwnMethod;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a layer of the user's own learns: {@code @Layer.Learned}. */
final class OwnParameter {
  private static final String NAME = "[A-Za-z_]\\w*";
  private static final List<String> NUMBERS = List.of("val", "mean", "std", "a", "b");
  private static final int FEWEST_OF_FANS = 2; // dimensions, of which one is in and one is out

  private final Written written;
  private final OwnShape shapes;
  private final int index;
  private final String name;
  private final Begins begins;
  private final List<Formula> shape = new ArrayList<>();
  private final Map<String, Formula> numbers = new HashMap<>();

  private OwnParameter(Written written, OwnShape shapes, Written said, int index, Report report) {
    this.written = written;
    this.shapes = shapes;
    this.index = index;
    name = said.string("name");
    begins = said.constant("begins", Begins.class, Begins.CONSTANT);
    said.texts("shape").forEach(text -> read(text, report).ifPresent(shape::add));
    for (String number : NUMBERS) {
      read(said.string(number), report).ifPresent(formula -> numbers.put(number, formula));
    }
    if (!name.matches(NAME) || name.equals(OwnMethod.TRAINING)) {
      say("it is no name of a parameter; let it be letters, digits and underscores", report);
    }
    boolean ofFans = begins.name().startsWith("KAIMING") || begins.name().startsWith("XAVIER");
    if (ofFans && said.texts("shape").size() < FEWEST_OF_FANS) {
      say(
          begins
              + " looks at how many are in and out, which takes two dimensions; state them, or"
              + " let it begin otherwise",
          report);
    }
  }

  /**
   * Reads all of a layer.
   *
   * @param written the layer
   * @param shapes of it
   * @param report is told what is wrong
   * @return in order
   */
  static List<OwnParameter> all(Written written, OwnShape shapes, Report report) {
    List<OwnParameter> all = new ArrayList<>();
    List<Written> said = written.own().mark().inside("learned");
    for (int i = 0; i < said.size(); i++) {
      OwnParameter one = new OwnParameter(written, shapes, said.get(i), i, report);
      if (all.stream().anyMatch(other -> other.name.equals(one.name))) {
        one.say("another is called so; give one of the two another name", report);
      }
      all.add(one);
    }
    return all;
  }

  private void say(String why, Report report) {
    report.say(Message.OWN_NAME, at(), name, written.own().name(), why);
  }

  private Position at() {
    return written.own().at("learned", index);
  }

  private Optional<Formula> read(String text, Report report) {
    return shapes.read(text, at(), report).filter(one -> shapes.knows(one, at(), report));
  }

  /**
   * Its name.
   *
   * @return in the state dict, and of the method's parameter
   */
  String name() {
    return name;
  }

  /**
   * What it is, behind whatever arrives.
   *
   * @param input the shape that arrives
   * @return with its shape
   */
  ParameterSpec spec(Shape input) {
    Map<String, Double> all = shapes.numbers(input);
    return new ParameterSpec(
        name, new Shape(shape.stream().map(size -> (long) size.value(all)).toList()));
  }

  /**
   * Looks at its sizes, and at the numbers with which it begins.
   *
   * @param input the shape that arrives, which is known
   * @param report is told of those that are none
   */
  void check(Shape input, Report report) {
    Map<String, Double> all = shapes.numbers(input);
    shape.forEach(size -> shapes.size("learned", index, size, all, report));
    numbers.forEach(
        (number, formula) -> {
          double value = formula.value(all);
          boolean wrong = !Double.isFinite(value) || number.equals("std") && value < 0;
          if (wrong && !formula.names().stream().allMatch(all::containsKey)) {
            return; // nobody knows
          }
          if (wrong) {
            report.say(
                Message.OWN_SIZE,
                written.at(),
                formula,
                written.own().name(),
                value,
                number
                    + " of "
                    + name
                    + " is a finite number"
                    + (value < 0 ? ", not below 0" : ""));
          }
        });
  }

  /**
   * Says how it begins.
   *
   * @param input the shape that arrives
   * @param code takes the statement
   */
  void initialize(Shape input, InitCode code) {
    Map<String, Double> all = shapes.numbers(input);
    Map<String, Double> value = new HashMap<>();
    numbers.forEach((number, formula) -> value.put(number, formula.value(all)));
    Expression parameter = code.parameter(name);
    Expression drawn = code.generator();
    code.step(
        switch (begins) {
          case CONSTANT -> parameter.call("fill_", create(Types.SCALAR, value.get("val")));
          case NORMAL -> parameter.call("normal_", value.get("mean"), value.get("std"), drawn);
          case UNIFORM -> parameter.call("uniform_", value.get("a"), value.get("b"), drawn);
          case KAIMING_UNIFORM -> call("kaimingUniform", parameter, value.get("a"), drawn);
          case KAIMING_NORMAL -> call("kaimingNormal", parameter, drawn);
          case XAVIER_UNIFORM -> call("xavierUniform", parameter, drawn);
          case XAVIER_NORMAL -> call("xavierNormal", parameter, drawn);
        });
  }
}

package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.NONE;
import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.dsl.nn.Hidden;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.layer.PaddingMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A recurrent layer in ONNX: an operator for each of its layers, which reads places first, then
 * examples.
 *
 * @param name of the operator
 * @param hidden how many numbers a state has
 * @param layers how many there are
 * @param directions what the names of each one's parameters end in
 * @param bias whether there are biases
 * @param kinds of states: hidden ones, and cells
 */
record RecurrentOperator(
    String name, long hidden, int layers, List<String> directions, boolean bias, int kinds) {
  private static final List<Integer> SWAPPED = List.of(1, 0, 2);

  /**
   * The layer.
   *
   * @param output what leaves
   * @param begin the states with which it begins, where these are given
   * @param stated adds what is to be said of the operator
   */
  Expression of(
      Hidden output,
      Optional<Expression> begin,
      UnaryOperator<Expression.Call> stated,
      OnnxCode code) {
    Expression lengths = PaddingMask.isKnown(code) ? code.let("lengths", lengths(code)) : NONE;
    Expression read = swapped(code.input(), code);
    List<Expression> steps = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      List<Expression> operands = new ArrayList<>(List.of(read));
      operands.addAll(parameters("_l" + layer, code));
      operands.add(lengths);
      for (int kind = 0; kind < kinds; kind++) {
        operands.add(begin.isPresent() ? begin(begin.get(), layer, kind, code) : NONE);
      }
      while (operands.get(operands.size() - 1) == NONE) {
        operands.remove(operands.size() - 1);
      }
      Expression.Call operator = code.op(name, operands).call("with", "hidden_size", hidden);
      if (directions.size() > 1) {
        operator = operator.call("with", "direction", "bidirectional");
      }
      steps.add(code.let("l" + layer, stated.apply(operator)));
      read = besides(steps.get(layer), code);
    }
    return switch (output) {
      case SEQUENCE -> swapped(read, code);
      case LAST -> code.reshaped(swapped(states(steps.get(layers - 1), 0), code), width());
      case STATE -> swapped(allStates(steps, code), code);
    };
  }

  private long width() {
    return directions.size() * hidden;
  }

  private List<Expression> parameters(String layer, OnnxCode code) {
    List<Expression> all = new ArrayList<>();
    for (String kind : List.of("weight_ih", "weight_hh")) {
      List<Expression> each =
          directions.stream().map(end -> code.parameter(kind + layer + end)).toList();
      all.add(call("gates", name, each));
    }
    List<Expression> shifts = new ArrayList<>();
    for (String end : directions) {
      shifts.add(code.parameter("bias_ih" + layer + end));
      shifts.add(code.parameter("bias_hh" + layer + end));
    }
    all.add(bias ? call("shifts", name, shifts) : NONE);
    return all;
  }

  /**
   * How many places each example has: what is behind the last that is there comes after its end.
   */
  private static Expression lengths(OnnxCode code) {
    Expression any = IsThere.cast(code.input(PaddingMask.at(code)), IsThere.BOOL, code);
    Expression there = IsThere.cast(any, IsThere.INT32, code);
    Expression places = call("range", 1, code.inputShape().first());
    Expression numbers = IsThere.cast(places, IsThere.INT32, code);
    return code.op("ReduceMax", code.op("Mul", there, numbers), code.integers(1))
        .call("with", "keepdims", 0);
  }

  /** The states (N, rows, kinds·H) of one layer, as (directions, N, H). */
  private Expression begin(Expression all, int layer, int kind, OnnxCode code) {
    long first = (long) layer * directions.size();
    return swapped(
        code.op(
            "Slice",
            all,
            code.integers(first, kind * hidden),
            code.integers(first + directions.size(), (kind + 1) * hidden),
            code.integers(1, 2)),
        code);
  }

  /** All places of an operator, with both directions beside each other. */
  private Expression besides(Expression step, OnnxCode code) {
    Expression perm = code.op("Transpose", step).call("withAll", "perm", 0, 2, 1, 3);
    return code.op("Reshape", perm, code.integers(0, 0, width()));
  }

  /** The last states of an operator: (directions, N, H). */
  private static Expression states(Expression step, int kind) {
    return step.call("output", kind + 1);
  }

  private Expression allStates(List<Expression> steps, OnnxCode code) {
    List<Expression> each = new ArrayList<>();
    for (int kind = 0; kind < kinds; kind++) {
      int which = kind;
      List<Expression> states = steps.stream().map(step -> states(step, which)).toList();
      each.add(layers == 1 ? states.get(0) : code.op("Concat", states).call("with", "axis", 0));
    }
    return kinds == 1 ? each.get(0) : code.op("Concat", each).call("with", "axis", 2);
  }

  /** With the first two dimensions the other way round. */
  private static Expression swapped(Expression value, OnnxCode code) {
    return code.op("Transpose", value).call("withAll", "perm", SWAPPED);
  }
}

package io.github.torchscribe.processor.layer.meeting;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.layer.Sums;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Values that meet element by element; one of size 1 is read again for each place of the others.
 */
abstract class Broadcasting extends Meeting {
  Broadcasting(Written written) {
    super(written);
  }

  @Override
  final Shape together(List<Incoming> incoming, Report report) {
    Shape all = incoming.get(0).shape();
    for (Incoming one : incoming.subList(1, incoming.size())) {
      Shape shape = one.shape();
      if (all.open() || shape.open()) {
        return Shape.ANY;
      }
      int differs = shape.rank() == all.rank() ? firstDifferent(all, shape) : 0;
      if (differs >= 0) {
        report.say(
            Message.NOT_BROADCAST,
            written().at(),
            name(),
            incoming.get(0).shape(),
            incoming.get(0).from(),
            shape,
            one.from());
        return Shape.ANY;
      }
      all = largest(all, shape);
    }
    return all;
  }

  /** A value that is spread over the first dimension has no places of its own. */
  @Override
  public final Places places(List<Shape> inputs) {
    long length = inputs.stream().mapToLong(Shape::first).max().orElseThrow();
    List<Integer> kept =
        IntStream.range(0, inputs.size())
            .filter(i -> inputs.get(i).first() == length)
            .boxed()
            .toList();
    return new Places(kept, OptionalInt.empty());
  }

  private static int firstDifferent(Shape one, Shape other) {
    return IntStream.range(0, one.rank())
        .filter(i -> !fits(one.sizes().get(i), other.sizes().get(i)))
        .findFirst()
        .orElse(-1);
  }

  private static boolean fits(long size, long other) {
    return Shape.same(size, other) || size == 1 || other == 1;
  }

  private static Shape largest(Shape one, Shape other) {
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < one.rank(); i++) {
      long size = one.sizes().get(i);
      long second = other.sizes().get(i);
      boolean known = size != Shape.UNKNOWN && second != Shape.UNKNOWN;
      // Of an unknown size and 1 nobody knows the larger; beside any other it can only be that.
      boolean unknown = !known && Math.max(size, second) <= 1;
      sizes.add(unknown ? Shape.UNKNOWN : Long.valueOf(Math.max(size, second)));
    }
    return new Shape(sizes);
  }

  /**
   * Brings all values together: the first two, or, where these are less than the whole, the first
   * alone, spread out; then each other.
   *
   * @param out the operation of two that writes elsewhere
   * @param further the operation that changes the first
   */
  static void combine(ForwardCode code, String out, String further) {
    int next = 1;
    if (largest(code.inputShape(0), code.inputShape(1)).equals(code.outputShape())) {
      code.step(call(out, code.output(), code.input(), code.input(1)));
      next = 2;
    } else {
      code.step(code.output().call("copy_", code.input()));
    }
    for (int i = next; i < code.inputs(); i++) {
      code.step(code.output().call(further, code.input(i)));
    }
  }

  /** Whether a value has all places of the output. */
  static boolean isWhole(int which, BackwardCode code) {
    return code.inputShape(which).equals(code.outputShape());
  }

  /**
   * Sums a gradient of all places of the output over those that read the same place of a value,
   * into the gradient of that.
   */
  static void sum(Expression gradient, int which, BackwardCode code) {
    long[] dims =
        IntStream.range(0, code.outputShape().rank())
            .filter(i -> isSpread(i, which, code))
            .mapToLong(i -> i + 1L)
            .toArray();
    Expression all = code.longs("spread", dims);
    code.step(call("sum_out", code.inputGradient(which), gradient, all, true, Sums.sameType(code)));
  }

  private static boolean isSpread(int dimension, int which, BackwardCode code) {
    return !code.inputShape(which)
        .sizes()
        .get(dimension)
        .equals(code.outputShape().sizes().get(dimension));
  }

  /** One after the other. */
  static Expression combine(String operator, OnnxCode code) {
    Expression all = code.input();
    for (int i = 1; i < code.inputs(); i++) {
      all = code.op(operator, all, code.input(i));
    }
    return all;
  }
}

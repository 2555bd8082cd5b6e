package io.github.torchscribe.processor.layer.meeting;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Form;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** {@code @Concat}: values one after the other; each gets its part of the gradient back. */
final class ConcatLayer extends Meeting {
  private final int dim;

  ConcatLayer(Written written, Report report) {
    super(written);
    dim = written.number("dim").intValue();
  }

  /**
   * As most of what follows is a product or a convolution, it is better off with lower precision.
   */
  @Override
  protected Form preferred(List<Form> arriving) {
    return arriving.stream()
        .max(Comparator.comparing(Form::isLowered).thenComparing(Form::isChannelsLast))
        .orElseThrow();
  }

  @Override
  Shape together(List<Incoming> incoming, Report report) {
    Incoming first = incoming.get(0);
    if (dim == 0 || incoming.stream().allMatch(one -> isOutside(one.shape()))) {
      report.say(Message.NO_DIMENSION, written().at("dim"), dim, name(), first.shape());
      return Shape.ANY;
    }
    if (incoming.stream().anyMatch(one -> one.shape().open())) {
      return Shape.ANY;
    }
    int at = at(first.shape());
    List<Long> sizes = new ArrayList<>(first.shape().sizes());
    for (Incoming one : incoming.subList(1, incoming.size())) {
      List<Long> others = one.shape().sizes();
      boolean fits =
          others.size() == sizes.size()
              && IntStream.range(0, sizes.size())
                  .allMatch(i -> i == at || Shape.same(sizes.get(i), others.get(i)));
      if (!fits) {
        report.say(
            Message.NOT_CONCATENATED,
            written().at(),
            name(),
            first.shape(),
            first.from(),
            one.shape(),
            one.from(),
            dim);
        return Shape.ANY;
      }
      boolean known = sizes.get(at) != Shape.UNKNOWN && others.get(at) != Shape.UNKNOWN;
      sizes.set(at, known ? sizes.get(at) + others.get(at) : Long.valueOf(Shape.UNKNOWN));
    }
    return new Shape(sizes);
  }

  /** Unless one's places come behind the other's. */
  @Override
  public Places places(List<Shape> inputs) {
    return at(inputs.get(0)) == 0
        ? Places.MIXED
        : new Places(IntStream.range(0, inputs.size()).boxed().toList(), OptionalInt.empty());
  }

  private boolean isOutside(Shape shape) {
    return !shape.open() && (at(shape) < 0 || at(shape) >= shape.rank());
  }

  /** The dimension, counted without the batch. */
  private int at(Shape shape) {
    return dim < 0 ? dim + shape.rank() : dim - 1;
  }

  @Override
  public void forward(ForwardCode code) {
    long start = 0;
    for (int i = 0; i < code.inputs(); i++) {
      Expression part = code.perBatch("part" + (i + 1), part(code.output(), start, i, code));
      code.step(part.call("copy_", code.input(i)));
      start += size(i, code);
    }
  }

  @Override
  public void backward(BackwardCode code) {
    long start = 0;
    for (int i = 0; i < code.inputs(); i++) {
      if (code.wantsInputGradient(i)) {
        Expression part = part(code.outputGradient(), start, i, code);
        code.step(code.inputGradient(i).call("copy_", part));
      }
      start += size(i, code);
    }
  }

  private Expression part(Expression whole, long start, int which, ModelCode code) {
    return whole.call("narrow", at(code.outputShape()) + 1, start, size(which, code));
  }

  private long size(int which, ModelCode code) {
    Shape shape = code.inputShape(which);
    return shape.sizes().get(at(shape));
  }

  @Override
  public Expression autograd(AutogradCode code) {
    List<Expression> all = IntStream.range(0, code.inputs()).mapToObj(code::input).toList();
    return call("cat", create(Types.TENSOR_VECTOR, all), at(code.outputShape()) + 1);
  }

  @Override
  public Expression onnx(OnnxCode code) {
    List<Expression> all = IntStream.range(0, code.inputs()).mapToObj(code::input).toList();
    return code.op("Concat", all).call("with", "axis", at(code.outputShape()) + 1);
  }
}

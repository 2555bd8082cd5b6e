package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.NO_TENSOR;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.constant;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.oneOverSqrt;

import io.github.torchscribe.dsl.nn.Hidden;
import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.code.ShapeCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Features;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.PaddingMask;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code @LSTM}, {@code @GRU} and {@code @RNN}: from place to place of a sequence. Those of one
 * kind of state are written out, by the runtime's class {@code RecurrentLayer}, where each example
 * is read as a whole; else libtorch's own is recorded.
 */
abstract class Recurrent extends Layer {
  private static final int SCRATCH = 2; // vectors as long as a state

  private final String cell;
  private final long gates;
  private final long in;
  private final long hidden;
  private final int layers;
  private final boolean bias;
  private final boolean bidirectional;
  private final int kinds;
  private final Hidden output;
  private final boolean mask;

  /**
   * A recurrent layer.
   *
   * @param cell of the runtime's {@code Cell}
   * @param gates how many matrices it has in one
   * @param kinds how many numbers each hidden unit has in a state
   */
  Recurrent(Written written, Report report, String cell, long gates, int kinds) {
    super(written);
    this.cell = cell;
    this.kinds = kinds;
    this.gates = gates;
    Shape sizes =
        written.shape("value", 1, 2, "{inputSize, hiddenSize}, or hiddenSize alone", report);
    layers = (int) written.checked("numLayers", "at least 1", l -> l >= 1, report);
    in = sizes.rank() == 2 ? sizes.first() : Shape.UNKNOWN;
    hidden = sizes.last();
    bias = written.flag("bias");
    bidirectional = written.flag("bidirectional");
    output = written.constant("output", Hidden.class, Hidden.LAST);
    mask = written.flag("mask");
  }

  @Override
  public final Shape output(Incoming incoming, Report report) {
    Shape shape = Sequences.check(written(), incoming, report);
    Features.agree(written(), in, shape, incoming, report);
    long width = hidden * directions().size();
    return switch (output) {
      case LAST -> Shape.of(width);
      case SEQUENCE -> shape.withLast(width);
      case STATE -> state();
    };
  }

  /** A sequence, and the state with which it begins. */
  @Override
  public final Shape output(List<Incoming> incoming, Report report) {
    if (incoming.size() > 2) {
      report.say(Message.MEETS_MANY, written().at(), name(), 2, incoming.size());
    }
    if (incoming.size() > 1 && !state().fits(incoming.get(1).shape())) {
      Incoming begin = incoming.get(1);
      report.say(Message.OTHER_STATE, written().at(), name(), state(), begin.from(), begin.shape());
    }
    return output(incoming.get(0), report);
  }

  /**
   * In bfloat16 from a width on; small products are not faster so. What is packed libtorch goes
   * through place by place, which is not faster either.
   */
  @Override
  public final Optional<Precision> precision(List<Shape> inputs) {
    boolean pays = hidden >= widthThatPays() && !PaddingMask.isKnown(inputs);
    return Optional.of(pays ? Precision.LOWERED : Precision.FULL);
  }

  /** The fewest hidden units with which bfloat16 was seen to be faster. */
  abstract long widthThatPays();

  /** All states of one moment. */
  private Shape state() {
    return Shape.of(layers * (long) directions().size(), kinds * hidden);
  }

  @Override
  public final Places places(List<Shape> inputs) {
    Places places = output == Hidden.SEQUENCE ? Places.KEPT : Places.MIXED;
    return mask ? places.leavingOut(0) : places;
  }

  /** What a place would need of those before it is inside of libtorch's operation. */
  @Override
  public final boolean isCausal(List<Shape> inputs) {
    return false;
  }

  private List<String> directions() {
    return bidirectional ? List.of("", "_reverse") : List.of("");
  }

  @Override
  public final List<ParameterSpec> parameters(Shape input) {
    List<ParameterSpec> all = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      long width = layer == 0 ? input.last() : hidden * directions().size();
      for (String direction : directions()) {
        String of = "_l" + layer + direction;
        all.add(new ParameterSpec("weight_ih" + of, Shape.of(gates * hidden, width)));
        all.add(new ParameterSpec("weight_hh" + of, Shape.of(gates * hidden, hidden)));
        if (bias) {
          all.add(new ParameterSpec("bias_ih" + of, Shape.of(gates * hidden)));
          all.add(new ParameterSpec("bias_hh" + of, Shape.of(gates * hidden)));
        }
      }
    }
    return all;
  }

  @Override
  public final long multiplyAdds(Shape input, Shape output) {
    long weights =
        parameters(input).stream()
            .filter(parameter -> parameter.shape().rank() == 2)
            .mapToLong(parameter -> parameter.shape().elements())
            .sum();
    return input.sizes().get(0) * weights;
  }

  @Override
  public final void initialize(Shape input, InitCode code) {
    for (ParameterSpec parameter : parameters(input)) {
      Expression value = code.parameter(parameter.name());
      code.step(call("uniform", value, oneOverSqrt(hidden), code.generator()));
    }
  }

  /** LSTM's is not faster written out: libtorch's own is fused. What is packed has fewer places. */
  private boolean isWrittenOut(ModelCode code) {
    return kinds == 1 && !PaddingMask.isKnown(code);
  }

  /** What the runtime's {@code UnrolledLayers} needs for each example. */
  private Shape memory(ModelCode code) {
    long length = code.inputShape().first();
    long both = directions().size();
    long apart = gates > 1 ? hidden : 0; // a product with the state that others are not added to
    long cell = length * (gates * hidden + apart) + (length + 1) * hidden + hidden;
    long read = layers > 1 || output == Hidden.SEQUENCE ? length : 0;
    long all = SCRATCH * hidden + read * both * hidden + layers * both * cell;
    for (int layer = 0; layer < layers; layer++) {
      all += length * (layer == 0 ? code.inputShape().last() : both * hidden);
    }
    return Shape.of(all);
  }

  private Expression steps(PassCode code, boolean records) {
    return code.perBatch(
        "steps",
        create(
            Types.RECURRENT_LAYER,
            records ? call("isTraining") : false,
            constant(Types.CELL, cell),
            constant(Types.HIDDEN, output.name()),
            layers,
            bidirectional,
            bias,
            code.inputShape().first(),
            isWrittenOut(code) ? code.keptAsComputed("memory", memory(code)) : NO_TENSOR,
            values(code)));
  }

  private List<Expression> values(ModelCode code) {
    return parameters(code.inputShape()).stream().map(p -> code.parameter(p.name())).toList();
  }

  private static boolean begins(ShapeCode code) {
    return code.inputs() > 1 && code.inputShape(1).rank() == 2;
  }

  @Override
  public final void forward(ForwardCode code) {
    Expression steps = steps(code, code.isDifferentiated());
    boolean plain = !begins(code) && !PaddingMask.isKnown(code);
    code.step(
        plain
            ? steps.call("forward", code.output(), code.input())
            : steps.call(
                "forward",
                code.output(),
                code.input(0),
                PaddingMask.isKnown(code) ? code.input(PaddingMask.at(code)) : NO_TENSOR,
                begins(code) ? code.input(1) : NO_TENSOR));
  }

  @Override
  public final void backward(BackwardCode code) {
    Expression steps = steps(code, true);
    code.step(steps.call("backward", code.outputGradient()));
    List<ParameterSpec> all = parameters(code.inputShape());
    for (int i = 0; i < all.size(); i++) {
      int which = i;
      code.gradientIs(all.get(i).name(), to -> steps.call("gradient", which, to));
    }
    if (begins(code) && code.wantsInputGradient(1)) {
      code.part(steps.call("stateGradient", code.inputGradient(1)), "of what it begins with");
    }
    if (code.wantsInputGradient(0)) {
      code.step(steps.call("inputGradient", code.inputGradient(0)));
    }
  }

  /** Where each example is read as a whole, and from zeros, that is not said. */
  @Override
  public final Expression autograd(AutogradCode code) {
    boolean plain = !begins(code) && !PaddingMask.isKnown(code) && output != Hidden.STATE;
    if (plain) {
      boolean sequence = output == Hidden.SEQUENCE;
      return call(
          "recurrent",
          constant(Types.CELL, cell),
          code.input(),
          sequence,
          layers,
          bidirectional,
          bias,
          values(code));
    }
    return call(
        "recurrent",
        constant(Types.CELL, cell),
        code.input(0),
        PaddingMask.isKnown(code) ? code.input(PaddingMask.at(code)) : NO_TENSOR,
        begins(code) ? code.input(1) : NO_TENSOR,
        constant(Types.HIDDEN, output.name()),
        layers,
        bidirectional,
        bias,
        values(code));
  }

  /** What else is to be said of ONNX' operator. */
  Expression.Call stated(Expression.Call operator) {
    return operator;
  }

  @Override
  public final Expression onnx(OnnxCode code) {
    String operator = cell.replaceAll("_.*", "");
    return new RecurrentOperator(operator, hidden, layers, directions(), bias, kinds)
        .of(
            output,
            begins(code) ? Optional.of(code.input(1)) : Optional.empty(),
            this::stated,
            code);
  }
}

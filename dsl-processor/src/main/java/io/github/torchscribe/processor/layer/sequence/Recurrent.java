package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.NO_TENSOR;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.constant;
import static io.github.torchscribe.processor.code.Expressions.oneOverSqrt;

import io.github.torchscribe.dsl.nn.Hidden;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Features;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.PaddingMask;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.layer.RecordedLayer;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@code @LSTM}, {@code @GRU} and {@code @RNN}: from place to place of a sequence. */
abstract class Recurrent extends RecordedLayer {
  private final String function;
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
   * @param function of the runtime's workbench
   * @param gates how many matrices it has in one
   * @param kinds how many numbers each hidden unit has in a state
   */
  Recurrent(Written written, Report report, String function, long gates, int kinds) {
    super(written);
    this.function = function;
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

  /** Where each example is read as a whole, and from zeros, that is not said. */
  @Override
  protected final Expression expression(List<Expression> inputs, ModelCode code) {
    List<Expression> all =
        parameters(code.inputShape()).stream().map(p -> code.parameter(p.name())).toList();
    boolean begins = code.inputs() > 1 && code.inputShape(1).rank() == 2;
    if (!begins && !PaddingMask.isKnown(code) && output != Hidden.STATE) {
      boolean sequence = output == Hidden.SEQUENCE;
      return call(function, inputs, sequence, layers, bidirectional, bias, all);
    }
    return call(
        function,
        inputs.get(0),
        PaddingMask.isKnown(code) ? inputs.get(PaddingMask.at(code)) : NO_TENSOR,
        begins ? inputs.get(1) : NO_TENSOR,
        constant(Types.HIDDEN, output.name()),
        layers,
        bidirectional,
        bias,
        all);
  }
}

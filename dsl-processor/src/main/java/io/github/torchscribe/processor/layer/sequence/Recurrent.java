package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.oneOverSqrt;

import io.github.torchscribe.dsl.nn.Hidden;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Features;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.layer.RecordedLayer;
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
  private final boolean sequence;
  private final boolean mask;

  /**
   * A recurrent layer.
   *
   * @param function of the runtime's workbench
   * @param gates how many matrices it has in one
   */
  Recurrent(Written written, Report report, String function, long gates) {
    super(written);
    this.function = function;
    this.gates = gates;
    Shape sizes =
        written.shape("value", 1, 2, "{inputSize, hiddenSize}, or hiddenSize alone", report);
    layers = (int) written.checked("numLayers", "at least 1", l -> l >= 1, report);
    in = sizes.rank() == 2 ? sizes.first() : Shape.UNKNOWN;
    hidden = sizes.last();
    bias = written.flag("bias");
    bidirectional = written.flag("bidirectional");
    sequence = written.constant("output", Hidden.class, Hidden.LAST) == Hidden.SEQUENCE;
    mask = written.flag("mask");
  }

  @Override
  public final Shape output(Incoming incoming, Report report) {
    Shape shape = Sequences.check(written(), incoming, report);
    Features.agree(written(), in, shape, incoming, report);
    long width = hidden * directions().size();
    return sequence ? shape.withLast(width) : Shape.of(width);
  }

  @Override
  public final Places places(List<Shape> inputs) {
    Places places = sequence ? Places.KEPT : Places.MIXED;
    return mask ? places.leavingOut(0) : places;
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

  @Override
  protected final Expression expression(List<Expression> inputs, ModelCode code) {
    return call(
        function,
        inputs,
        sequence,
        layers,
        bidirectional,
        bias,
        parameters(code.inputShape()).stream().map(p -> code.parameter(p.name())).toList());
  }
}

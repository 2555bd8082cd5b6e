package io.github.torchscribe.processor.layer;

import io.github.torchscribe.dsl.nn.Hidden;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code @LSTM} and {@code @GRU}: from place to place of a sequence. */
abstract class Recurrent extends RecordedLayer {
  private static final long INFERRED = -1;

  private final String function;
  private final long gates;
  private final boolean valid;
  private final long in;
  private final long hidden;
  private final int layers;
  private final boolean bias;
  private final boolean bidirectional;
  private final boolean sequence;

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
    int errors = report.errors();
    Optional<List<Long>> sizes =
        written.sizes("value", 1, 2, "{inputSize, hiddenSize}, or hiddenSize alone", report);
    layers = (int) written.checked("numLayers", "at least 1", l -> l >= 1, report);
    valid = report.errors() == errors;
    in = sizes.filter(both -> both.size() == 2).map(both -> both.get(0)).orElse(INFERRED);
    hidden = sizes.map(both -> both.get(both.size() - 1)).orElse(1L);
    bias = written.flag("bias");
    bidirectional = written.flag("bidirectional");
    sequence = written.constant("output", Hidden.class, Hidden.LAST) == Hidden.SEQUENCE;
  }

  @Override
  public final Optional<Shape> output(Incoming incoming, Report report) {
    Optional<Shape> shape = Sequences.check(written(), incoming, report);
    if (!valid || shape.isEmpty()) {
      return Optional.empty();
    }
    if (in != INFERRED && in != shape.get().last()) {
      report.say(
          Message.FEATURES_DIFFER,
          written().at("value", 0),
          name(),
          in,
          shape.get().last(),
          incoming.from(),
          shape.get().last());
    }
    long width = hidden * directions().size();
    return Optional.of(sequence ? shape.get().withLast(width) : Shape.of(width));
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
      code.step(
          "uniform("
              + code.parameter(parameter.name())
              + ", 1 / Math.sqrt("
              + hidden
              + "), generator)");
    }
  }

  @Override
  final String expression(String input, ModelCode code) {
    return function
        + "("
        + input
        + ", "
        + sequence
        + ", "
        + layers
        + ", "
        + bidirectional
        + ", "
        + bias
        + parameters(code.inputShape()).stream()
            .map(parameter -> ", " + code.parameter(parameter.name()))
            .collect(Collectors.joining("", "", ")"));
  }
}

package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a layer says of itself before any step is written: by its values, and by what arrives. */
abstract class Shaped {
  private final Written written;

  /**
   * A layer whose values have been checked.
   *
   * @param written where it stands
   */
  Shaped(Written written) {
    this.written = written;
  }

  /**
   * The annotation.
   *
   * @return where it stands
   */
  public final Written written() {
    return written;
  }

  /**
   * PyTorch's name of the layer.
   *
   * @return for example {@code Linear}
   */
  public final String name() {
    return written.name();
  }

  /**
   * What variables of the layer begin with.
   *
   * @return for example {@code linear}
   */
  public final String variable() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The shape rule. Whatever is wrong with the layer, all of it is reported, and what its own
   * values say of the output holds for the layers behind it, which were written for that.
   *
   * @param incoming what arrives
   * @param report is told when it does not fit
   * @return the shape of the output, as far as it is known
   */
  public abstract Shape output(Incoming incoming, Report report);

  /**
   * The shape rule where several values may arrive.
   *
   * @param incoming what arrives, in order
   * @param report is told when it does not fit
   * @return the shape of the output, as far as it is known
   */
  public Shape output(List<Incoming> incoming, Report report) {
    return output(incoming.get(0), report);
  }

  /**
   * What the layer's own values say of its input, for a layer that stands first on a method.
   *
   * @param network the network's input, which holds where nothing else is said
   * @return empty where they say nothing, or the network's input fits them
   */
  public Optional<Shape> statedInput(Shape network) {
    return Optional.empty();
  }

  /**
   * What is learned.
   *
   * @param input the shape that arrives
   * @return parameters in PyTorch's order
   */
  public List<ParameterSpec> parameters(Shape input) {
    return List.of();
  }

  /**
   * The same where several values arrive.
   *
   * @param inputs the shapes that arrive, in order
   * @return parameters in PyTorch's order
   */
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    return parameters(inputs.get(0));
  }

  /**
   * Parameters that are those of other layers.
   *
   * @return by the parameter's name that of the part whose it is; none unless the layer says more
   */
  public Map<String, String> tied() {
    return Map.of();
  }

  /**
   * What is remembered besides and no optimizer changes, such as running means.
   *
   * @param input the shape that arrives
   * @return buffers in PyTorch's order
   */
  public List<ParameterSpec> state(Shape input) {
    return List.of();
  }

  /**
   * The multiplications, each with an addition, of the layer's products.
   *
   * @param input the shape that arrives
   * @param output the shape that leaves
   * @return for one example, forward
   */
  public long multiplyAdds(Shape input, Shape output) {
    return 0;
  }

  /**
   * The same where several values arrive.
   *
   * @param inputs the shapes that arrive, in order
   * @param output the shape that leaves
   * @return for one example, forward
   */
  public long multiplyAdds(List<Shape> inputs, Shape output) {
    return multiplyAdds(inputs.get(0), output);
  }

  /**
   * Says how parameters begin without {@code @Init}, and with it.
   *
   * @param input the shape that arrives
   * @param code takes statements
   */
  public void initialize(Shape input, InitCode code) {}

  /**
   * The same where several values arrive.
   *
   * @param inputs the shapes that arrive, in order
   * @param code takes statements
   */
  public void initialize(List<Shape> inputs, InitCode code) {
    initialize(inputs.get(0), code);
  }

  /**
   * How many examples a batch must have for the layer to learn from it.
   *
   * @param input the shape that arrives
   * @return 1, unless the layer compares examples
   */
  public long fewestExamples(Shape input) {
    return 1;
  }

  /**
   * What the layer does with the places of a sequence, the first dimension of an example.
   *
   * @param inputs the shapes that arrive, in order
   * @return that it mixes them, unless the layer says otherwise
   */
  public Places places(List<Shape> inputs) {
    return Places.MIXED;
  }

  /**
   * Whether no place of the output depends on those after it, so that a text can be computed place
   * by place, as it is written.
   *
   * @param inputs the shapes that arrive, in order
   * @return true for what keeps places apart; a layer that looks at several places says otherwise,
   *     or, where it looks at those before alone, how ({@link Layer#forwardAt})
   */
  public boolean isCausal(List<Shape> inputs) {
    return !places(inputs).keeps().isEmpty();
  }

  /**
   * What says which places of the layer's output are padding, where the layer knows it itself.
   *
   * @param inputs the shapes that arrive, in order
   * @return empty for a layer that knows nothing of its own
   */
  public Optional<Padded> padding(List<Shape> inputs) {
    return Optional.empty();
  }

  /**
   * What makes of what says which places are there before the layer the same for those behind it,
   * where it keeps their order but moves them.
   *
   * @return empty for a layer that leaves each where it is
   */
  public Optional<Layer> movesPadding() {
    return Optional.empty();
  }
}

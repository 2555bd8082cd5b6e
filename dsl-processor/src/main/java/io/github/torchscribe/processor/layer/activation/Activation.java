package io.github.torchscribe.processor.layer.activation;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.FewRows;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.layer.Traits;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** An activation function: element by element, without parameters. */
abstract class Activation extends Layer {
  private final String function;

  /**
   * An activation.
   *
   * @param function libtorch's name of it, to which {@code _out} and {@code _backward_out} are
   *     added, and {@code _} where it works in place: never where {@link #backwardReads} is the
   *     input, which a function without that form therefore has to say
   */
  Activation(Written written, String function) {
    super(written);
    this.function = function;
  }

  /** What libtorch's function takes after the input. */
  List<Expression> arguments(ModelCode code) {
    return List.of();
  }

  /** The call that turns the output's gradient into the input's. */
  abstract Expression derivative(BackwardCode code);

  /** A call of a function that takes the place of the result and the output's gradient first. */
  static Expression backward(String function, BackwardCode code, Object... arguments) {
    return call(
        function + "_backward_out",
        code.inputGradient(),
        code.outputGradient(),
        List.of(arguments));
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.empty();
  }

  @Override
  public final Optional<MemoryFormat> format() {
    return Optional.empty();
  }

  @Override
  public final Shape output(Incoming incoming, Report report) {
    return incoming.shape();
  }

  @Override
  public Places places(List<Shape> inputs) {
    return Places.KEPT;
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.OUTPUT;
  }

  @Override
  public final MemoryUse memory() {
    return MemoryUse.IN_PLACE;
  }

  @Override
  public FewRows fewRows() {
    return FewRows.AS_READ;
  }

  @Override
  public Traits traits() {
    return Traits.ACTIVATION;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(
        code.inPlace()
            ? call(function + "_", code.output(), arguments(code))
            : call(function + "_out", code.output(), code.input(), arguments(code)));
  }

  @Override
  public final void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(derivative(code));
    }
  }

  @Override
  public final Expression autograd(AutogradCode code) {
    return call(function, code.input(), arguments(code));
  }
}

package io.github.torchscribe.processor.layer;

import static io.github.torchscribe.processor.code.Expressions.lambda;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A layer whose gradient comes from libtorch's autograd, also in a network that is otherwise
 * written out: its differentiable expression is recorded while training.
 */
public abstract class RecordedLayer extends Layer {
  /**
   * A layer whose values have been checked.
   *
   * @param written where it stands
   */
  protected RecordedLayer(Written written) {
    super(written);
  }

  @Override
  public final boolean isRecorded() {
    return true;
  }

  @Override
  public final boolean isDivisible() {
    return false;
  }

  /**
   * The layer's output.
   *
   * @param inputs what arrives, in order
   * @param code what else it is made of
   * @return a differentiable expression
   */
  protected abstract Expression expression(List<Expression> inputs, ModelCode code);

  @Override
  public final BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }

  @Override
  public final void forward(ForwardCode code) {
    List<Expression> inputs = inputs(code, code::input);
    inputs.set(0, new Expression.Name("x"));
    Expression recorded = lambda("x", expression(inputs, code));
    code.step(code.recording().call("forward", code.output(), code.input(), recorded));
  }

  @Override
  public final void backward(BackwardCode code) {
    List<ParameterSpec> parameters = parameters(code.inputShape());
    for (ParameterSpec parameter : parameters) {
      code.step(code.gradient(parameter.name()).call("zero_"));
    }
    Expression from = code.outputGradient();
    code.step(
        code.wantsInputGradient()
            ? code.recording().call("backward", from, code.inputGradient())
            : code.recording().call("backward", from));
    parameters.forEach(parameter -> code.hasGradient(parameter.name()));
  }

  @Override
  public final Expression autograd(AutogradCode code) {
    return expression(inputs(code, code::input), code);
  }

  private static List<Expression> inputs(ModelCode code, IntFunction<Expression> input) {
    return IntStream.range(0, code.inputs()).mapToObj(input).collect(Collectors.toList());
  }
}

package io.github.torchscribe.processor.layer;

import static io.github.torchscribe.processor.code.Expressions.lambda;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
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
    Expression x = new Expression.Name("x");
    List<Expression> read = inputs(code, code::input);
    int own = own(code);
    List<Expression> inside = new ArrayList<>(read);
    for (int i = 0; i < own; i++) {
      inside.set(i, own == 1 ? x : x.call("get", i));
    }
    Expression recorded = lambda("x", expression(inside, code));
    code.step(
        own == 1
            ? code.recording().call("forward", code.output(), read.get(0), recorded)
            : code.recording().call("forward", code.output(), recorded, read.subList(0, own)));
  }

  @Override
  public final void backward(BackwardCode code) {
    List<ParameterSpec> parameters =
        parameters(shapes(code)).stream()
            .filter(parameter -> code.wantsGradient(parameter.name()))
            .toList();
    for (ParameterSpec parameter : parameters) {
      code.step(code.gradient(parameter.name()).call("zero_"));
    }
    Expression from = code.outputGradient();
    if (own(code) == 1) {
      code.step(
          code.wantsInputGradient()
              ? code.recording().call("backward", from, code.inputGradient())
              : code.recording().call("backward", from));
    } else {
      code.step(code.recording().call("backward", from));
      for (int i = 0; i < own(code); i++) {
        if (code.wantsInputGradient(i)) {
          Expression gradient = code.recording().call("inputGradient", i);
          code.step(code.inputGradient(i).call("copy_", gradient));
        }
      }
    }
    parameters.forEach(parameter -> code.hasGradient(parameter.name()));
  }

  /** How many values may need a gradient: nobody learns what is padding. */
  private static int own(ModelCode code) {
    return PaddingMask.isKnown(code) ? PaddingMask.at(code) : code.inputs();
  }

  private static List<Shape> shapes(ModelCode code) {
    return IntStream.range(0, code.inputs()).mapToObj(code::inputShape).toList();
  }

  @Override
  public final Expression autograd(AutogradCode code) {
    return expression(inputs(code, code::input), code);
  }

  private static List<Expression> inputs(ModelCode code, IntFunction<Expression> input) {
    return IntStream.range(0, code.inputs()).mapToObj(input).toList();
  }
}

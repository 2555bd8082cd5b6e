package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.TOTAL;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.number;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;

/**
 * In place of a loss, where a network is trained by hand: whoever trains it gives the gradient of
 * the output. It is that of Σ output·gradient, over all numbers of the batch.
 */
public final class GivenGradient extends Loss {
  private final Shape shape;

  /**
   * Of an output.
   *
   * @param optimizer that the network is trained with
   * @param shape of the output, for one example
   */
  public GivenGradient(Written optimizer, Shape shape) {
    super(optimizer);
    this.shape = shape;
  }

  @Override
  public String name() {
    return "By hand";
  }

  @Override
  public boolean takesRawScores() {
    return false;
  }

  @Override
  protected void check(Incoming output, Report report) {}

  @Override
  public Expression targets() {
    return call(Types.TENSOR_SPEC, "numbers", shape);
  }

  @Override
  public String decision() {
    return "NONE";
  }

  /** The runtime takes what shares give for means. */
  @Override
  public void forward(LossCode code) {
    Expression whole = code.always("ofAll", create(Types.SCALAR, number(1.0).times(TOTAL).over(N)));
    Expression sum = autograd(code.output(), code.target());
    code.step(code.result().call("copy_", sum.call("mul_", whole)), "sum over all outputs");
  }

  @Override
  public void backward(LossCode code) {
    code.step(code.outputGradient().call("copy_", code.target()), "as it is given");
  }

  @Override
  protected Expression autograd(Expression output, Expression target) {
    return output.call("mul", target).call("sum");
  }

  @Override
  public String formula() {
    return "Σ output · gradient";
  }
}

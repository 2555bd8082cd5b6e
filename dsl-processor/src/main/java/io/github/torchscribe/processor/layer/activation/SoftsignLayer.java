package io.github.torchscribe.processor.layer.activation;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.Traits;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;

/** {@code @Softsign}: x/(1 + |x|). */
final class SoftsignLayer extends Layer {
  SoftsignLayer(Written written, Report report) {
    super(written);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    return incoming.shape();
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.OUTPUT;
  }

  @Override
  public MemoryUse memory() {
    return MemoryUse.GRADIENT_IN_PLACE;
  }

  @Override
  public Traits traits() {
    return Traits.ACTIVATION.thatSaturates();
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(call("abs_out", code.output(), code.input()));
    code.step(
        code.output()
            .call("add_", code.scalar("one", 1))
            .call("reciprocal_")
            .call("mul_", code.input()));
  }

  /** (1 − |y|)²: 1 − |y| is 1/(1 + |x|). */
  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      Expression one = code.scalar("one", 1);
      Expression slope = code.output().call("abs").call("neg_").call("add_", one).call("square_");
      code.step(call("mul_out", code.inputGradient(), code.outputGradient(), slope));
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    Expression input = code.input();
    return input.call("div", input.call("abs").call("add", code.scalar("one", 1)));
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("Softsign", code.input());
  }
}

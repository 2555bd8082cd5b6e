package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.message.Report;

/** {@code @SiLU}: x·σ(x). */
final class SiluLayer extends Activation {
  SiluLayer(Written written, Report report) {
    super(written, "silu");
  }

  @Override
  Expression derivative(BackwardCode code) {
    return backward("silu", code, code.input());
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("Mul", code.input(), code.op("Sigmoid", code.input()));
  }
}

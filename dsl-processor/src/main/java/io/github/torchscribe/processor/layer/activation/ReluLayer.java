package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @ReLU}: max(0, x), with derivative 1 where the output is above 0. */
final class ReluLayer extends Activation {

  ReluLayer(Written written, Report report) {
    super(written, "relu");
  }

  @Override
  Expression derivative(BackwardCode code) {
    return backward("threshold", code, code.output(), code.scalar("zero", 0));
  }

  @Override
  public boolean endsProducts() {
    return true;
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("Relu", code.input());
  }
}

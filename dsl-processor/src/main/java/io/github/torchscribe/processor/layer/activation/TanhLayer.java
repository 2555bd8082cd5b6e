package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Traits;
import io.github.torchscribe.processor.message.Report;

/** {@code @Tanh}: y = tanh x, with derivative 1 − y². */
final class TanhLayer extends Activation {

  TanhLayer(Written written, Report report) {
    super(written, "tanh");
  }

  @Override
  Expression derivative(BackwardCode code) {
    return backward("tanh", code, code.output());
  }

  @Override
  public Traits traits() {
    return Traits.ACTIVATION.thatSaturates();
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("Tanh", code.input());
  }
}

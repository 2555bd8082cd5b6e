package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.message.Report;

/** {@code @Hardswish}: x·min(max(x + 3, 0), 6)/6. */
final class HardswishLayer extends Activation {
  HardswishLayer(Written written, Report report) {
    super(written, "hardswish");
  }

  @Override
  Expression derivative(BackwardCode code) {
    return backward("hardswish", code, code.input());
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("HardSwish", code.input());
  }
}

package io.github.torchscribe.processor.layer.activation;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.message.Report;

/** {@code @Mish}: x·tanh(ln(1 + e^x)). */
final class MishLayer extends Activation {
  MishLayer(Written written, Report report) {
    super(written, "mish");
  }

  @Override
  Expression derivative(BackwardCode code) {
    return code.inputGradient()
        .call("copy_", call("mish_backward", code.outputGradient(), code.input()));
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("Mish", code.input());
  }
}

package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Numbers;
import io.github.torchscribe.processor.layer.Traits;
import io.github.torchscribe.processor.message.Report;

/** {@code @Sigmoid}: y = 1/(1 + e⁻ˣ), with derivative y·(1 − y). */
final class SigmoidLayer extends Activation {

  SigmoidLayer(Written written, Report report) {
    super(written, "sigmoid");
  }

  @Override
  Expression derivative(BackwardCode code) {
    return backward("sigmoid", code, code.output());
  }

  @Override
  public Traits traits() {
    return Traits.ACTIVATION.thatSaturates();
  }

  @Override
  public Numbers numbers() {
    return Numbers.PROBABILITIES;
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("Sigmoid", code.input());
  }
}

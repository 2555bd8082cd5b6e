package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @LeakyReLU}: x above 0, otherwise slope·x. */
final class LeakyReluLayer extends Activation {
  private final double slope;

  LeakyReluLayer(Written written, Report report) {
    super(written, "leaky_relu");
    slope = written.checked("negativeSlope", "a finite number", Double::isFinite, report);
  }

  @Override
  List<Expression> arguments(ModelCode code) {
    return List.of(code.scalar("negativeSlope", slope));
  }

  @Override
  Expression derivative(BackwardCode code) {
    boolean byOutput = backwardReads().output();
    Expression kept = byOutput ? code.output() : code.input();
    return backward("leaky_relu", code, kept, arguments(code), byOutput);
  }

  /** Only a positive slope lets the output tell the sign of the input. */
  @Override
  public BackwardReads backwardReads() {
    return slope > 0 ? BackwardReads.OUTPUT : BackwardReads.INPUT;
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("LeakyRelu", code.input()).call("with", "alpha", slope);
  }
}

package io.github.torchscribe.processor.layer.activation;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Precision;
import java.util.Optional;

/** {@code @LogSigmoid}: ln σ(x). */
final class LogSigmoidLayer extends Activation {
  LogSigmoidLayer(Written written, Report report) {
    super(written, "log_sigmoid");
  }

  /** libtorch's derivative keeps something of its own, which it wants in the same precision. */
  @Override
  public Optional<Precision> precision() {
    return Optional.of(Precision.FULL);
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(call("log_sigmoid_forward_out", code.output(), buffer(code), code.input()));
  }

  @Override
  Expression derivative(BackwardCode code) {
    return backward("log_sigmoid", code, code.input(), buffer(code));
  }

  private static Expression buffer(PassCode code) {
    return code.kept("buffer", code.outputShape());
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("Neg", code.op("Softplus", code.op("Neg", code.input())));
  }
}

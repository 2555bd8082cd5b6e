package io.github.torchscribe.processor.layer.convolution;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @AvgPool2d}: the mean of each window. */
final class AvgPool2dLayer extends Pool {
  private final boolean countIncludePad;

  AvgPool2dLayer(Written written, Report report) {
    super(written, report);
    countIncludePad = written.flag("countIncludePad");
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(call("avg_pool2d_out", code.output(), code.input(), geometry(code), noDivisor(code)));
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(
          call(
              "avg_pool2d_backward_out",
              code.inputGradient(),
              code.outputGradient(),
              code.input(),
              geometry(code),
              noDivisor(code)));
    }
  }

  private static Expression noDivisor(PassCode code) {
    return code.perBatch("noDivisor", create(Types.LONG_OPTIONAL));
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("avg_pool2d", code.input(), geometry(code), create(Types.LONG_OPTIONAL));
  }

  private List<Object> geometry(ModelCode code) {
    return List.of(window(code), ceil(), countIncludePad);
  }
}

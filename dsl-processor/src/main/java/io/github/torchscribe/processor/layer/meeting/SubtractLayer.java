package io.github.torchscribe.processor.layer.meeting;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Subtract}: the first value less the second. */
final class SubtractLayer extends Broadcasting {
  SubtractLayer(Written written, Report report) {
    super(written);
  }

  @Override
  int most() {
    return 2;
  }

  @Override
  public boolean passesGradient(int which) {
    return which == 0;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(call("sub_out", code.output(), code.input(), code.input(1)));
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient(0) && !isWhole(0, code)) {
      sum(code.outputGradient(), 0, code);
    }
    if (code.wantsInputGradient(1)) {
      if (isWhole(1, code)) {
        code.step(call("neg_out", code.inputGradient(1), code.outputGradient()));
      } else {
        sum(code.outputGradient(), 1, code);
        code.step(code.inputGradient(1).call("neg_"));
      }
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return code.input().call("sub", code.input(1));
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return combine("Sub", code);
  }
}

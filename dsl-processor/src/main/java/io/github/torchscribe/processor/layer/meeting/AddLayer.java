package io.github.torchscribe.processor.layer.meeting;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.FewRows;
import io.github.torchscribe.processor.message.Report;

/** {@code @Add}, and what {@code @Residual} adds: the gradient of a sum is that of each part. */
final class AddLayer extends Broadcasting {
  AddLayer(Written written, Report report) {
    super(written);
  }

  @Override
  public boolean passesGradient(int which) {
    return true;
  }

  @Override
  public FewRows fewRows() {
    return FewRows.READ_IN_ANY_ORDER;
  }

  @Override
  public void forward(ForwardCode code) {
    combine(code, "add_out", "add_");
  }

  @Override
  public void backward(BackwardCode code) {
    for (int i = 0; i < code.inputs(); i++) {
      if (code.wantsInputGradient(i) && !isWhole(i, code)) {
        sum(code.outputGradient(), i, code);
      }
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    Expression sum = code.input();
    for (int i = 1; i < code.inputs(); i++) {
      sum = sum.call("add", code.input(i));
    }
    return sum;
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return combine("Add", code);
  }
}

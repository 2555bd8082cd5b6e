package io.github.torchscribe.processor.layer.convolution;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @MaxPool2d}: the largest value of each window. */
final class MaxPool2dLayer extends Pool {
  MaxPool2dLayer(Written written, Report report) {
    super(written, report);
  }

  @Override
  public void forward(ForwardCode code) {
    Expression pool =
        call(
            "max_pool2d_with_indices_out",
            code.output(),
            indices(code),
            code.input(),
            geometry(code));
    if (tiles()) { // only backward wants to know where the maxima were
      code.step(pool, call("windowMaxima", code.output(), code.input(), windowSizes()));
    } else {
      code.step(pool);
    }
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(
          call(
              "max_pool2d_with_indices_backward_out",
              code.inputGradient(),
              code.outputGradient(),
              code.input(),
              geometry(code),
              indices(code)));
    }
  }

  /** Where each maximum was found. */
  private static Expression indices(PassCode code) {
    return code.perBatch("indices", code.indices());
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("max_pool2d", code.input(), geometry(code));
  }

  private List<Object> geometry(ModelCode code) {
    return List.of(window(code), dilation(code), ceil());
  }
}

package io.github.torchscribe.processor.layer.convolution;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** The largest value of each window. */
abstract class MaxPool extends Pool {
  MaxPool(Written written, int dims, Report report) {
    super(written, dims, report);
  }

  @Override
  public final void forward(ForwardCode code) {
    Expression pool =
        call(
            function("max") + "_with_indices_out",
            seenOutput(code),
            indices(code),
            seen(code.input()),
            geometry(code));
    if (tiles()) { // only backward wants to know where the maxima were
      code.stepPreparedUnlessTraining(
          pool, call("windowMaxima", seenOutput(code), seen(code.input()), windowSizes()));
    } else {
      code.step(pool);
    }
  }

  @Override
  public final void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(
          call(
              function("max") + "_with_indices_backward_out",
              seen(code.inputGradient()),
              seen(code.outputGradient()),
              seen(code.input()),
              geometry(code),
              indices(code)));
    }
  }

  /** Where each maximum was found. */
  private Expression indices(PassCode code) {
    return code.perBatch("indices", seen(code.indices()));
  }

  @Override
  public final Expression autograd(AutogradCode code) {
    return unseen(call(function("max"), seen(code.input()), geometry(code)));
  }

  private List<Object> geometry(ModelCode code) {
    return List.of(window(code), dilation(code), ceil());
  }

  @Override
  public final Expression onnx(OnnxCode code) {
    return windows("MaxPool", code);
  }
}

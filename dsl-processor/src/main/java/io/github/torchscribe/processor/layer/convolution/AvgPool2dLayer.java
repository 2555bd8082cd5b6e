package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @AvgPool2d}: the mean of each window. */
final class AvgPool2dLayer extends Pool {
  private final boolean countIncludePad;

  AvgPool2dLayer(Written written, Report report) {
    super(written, report);
    countIncludePad = written.flag("countIncludePad");
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(
        "avg_pool2d_out("
            + code.output()
            + ", "
            + code.input()
            + ", "
            + geometry(code)
            + ", "
            + noDivisor(code)
            + ")");
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(
          "avg_pool2d_backward_out("
              + code.inputGradient()
              + ", "
              + code.outputGradient()
              + ", "
              + code.input()
              + ", "
              + geometry(code)
              + ", "
              + noDivisor(code)
              + ")");
    }
  }

  private static String noDivisor(PassCode code) {
    return code.perBatch("noDivisor", "LongOptional", "new LongOptional()");
  }

  @Override
  public String autograd(AutogradCode code) {
    return "avg_pool2d(" + code.input() + ", " + geometry(code) + ", new LongOptional())";
  }

  private String geometry(ModelCode code) {
    return window(code) + ceil() + ", " + countIncludePad;
  }
}

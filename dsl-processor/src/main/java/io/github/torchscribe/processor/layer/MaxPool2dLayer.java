package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;
import java.util.Optional;

/** {@code @MaxPool2d}: the largest value of each window. */
public final class MaxPool2dLayer extends Layer {
  private final Sliding sliding;
  private final boolean ceil;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public MaxPool2dLayer(Written written, Report report) {
    super(written);
    sliding = new Sliding(written, 2, "value", 0, report);
    sliding.checkPadding(report);
    ceil = written.flag("ceilMode");
  }

  @Override
  public Optional<Shape> output(Incoming incoming, Report report) {
    return Channels.of(written(), incoming, List.of(3), "(N, C, H, W)", report)
        .flatMap(input -> sliding.output(input, input.sizes().get(0), report));
  }

  @Override
  public boolean needsInput() {
    return true;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(
        "max_pool2d_with_indices_out("
            + code.output()
            + ", "
            + indices(code, code.outputShape())
            + ", "
            + code.input()
            + ", "
            + geometry(code)
            + ")");
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(
          "max_pool2d_with_indices_backward_out("
              + code.inputGradient()
              + ", "
              + code.outputGradient()
              + ", "
              + code.input()
              + ", "
              + geometry(code)
              + ", "
              + indices(code, code.outputShape())
              + ")");
    }
  }

  /** Where each maximum was found. */
  private static String indices(PassCode code, Shape output) {
    return code.perBatch("indices", "Tensor", "indices(n, " + output.list() + ")");
  }

  @Override
  public String autograd(AutogradCode code) {
    return "max_pool2d(" + code.input() + ", " + geometry(code) + ")";
  }

  private String geometry(ModelCode code) {
    return code.longs("window", sliding.kernel)
        + ", "
        + code.longs("stride", sliding.stride)
        + ", "
        + code.longs("padding", sliding.padding)
        + ", "
        + code.longs("dilation", sliding.dilation)
        + ", "
        + ceil;
  }
}

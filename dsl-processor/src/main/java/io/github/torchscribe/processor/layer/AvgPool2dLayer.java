package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;
import java.util.Optional;

/** {@code @AvgPool2d}: the mean of each window. */
public final class AvgPool2dLayer extends Layer {
  private final Sliding sliding;
  private final boolean ceil;
  private final boolean countIncludePad;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public AvgPool2dLayer(Written written, Report report) {
    super(written);
    sliding = new Sliding(written, 2, "value", 0, report);
    sliding.checkPadding(report);
    ceil = written.flag("ceilMode");
    countIncludePad = written.flag("countIncludePad");
  }

  @Override
  public Optional<Shape> output(Incoming incoming, Report report) {
    return Channels.of(written(), incoming, List.of(3), "(N, C, H, W)", report)
        .flatMap(input -> sliding.output(input, input.sizes().get(0), report));
  }

  @Override
  public boolean needsInput() {
    return true; // libtorch asks for it, though only for its size
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
    return code.longs("window", sliding.kernel)
        + ", "
        + code.longs("stride", sliding.stride)
        + ", "
        + code.longs("padding", sliding.padding)
        + ", "
        + ceil
        + ", "
        + countIncludePad;
  }
}

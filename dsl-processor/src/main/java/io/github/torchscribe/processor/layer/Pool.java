package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;
import java.util.Optional;

/** A number for each window that slides over images. */
abstract class Pool extends Layer {
  private final Sliding sliding;
  private final boolean ceil;

  Pool(Written written, Report report) {
    super(written);
    sliding = new Sliding(written, 2, "value", 0, report);
    sliding.checkPadding(report);
    ceil = written.flag("ceilMode");
  }

  @Override
  public final Optional<Shape> output(Incoming incoming, Report report) {
    return Channels.of(written(), incoming, List.of(3), "(N, C, H, W)", report)
        .flatMap(input -> sliding.output(input, input.sizes().get(0), report));
  }

  @Override
  public final boolean needsInput() {
    return true; // libtorch asks for it, be it only for its size
  }

  /** Window, stride and padding, as arguments. */
  final String window(ModelCode code) {
    return code.longs("window", sliding.kernel)
        + ", "
        + code.longs("stride", sliding.stride)
        + ", "
        + code.longs("padding", sliding.padding)
        + ", ";
  }

  /** The distance between a window's elements, as an argument. */
  final String dilation(ModelCode code) {
    return code.longs("dilation", sliding.dilation) + ", ";
  }

  /** Whether a window may hang over the end. */
  final boolean ceil() {
    return ceil;
  }
}

package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A number for each window that slides over images or volumes. */
abstract class Pool extends Layer {
  private final int dims;
  private final Sliding sliding;
  private final boolean ceil;

  Pool(Written written, int dims, Report report) {
    super(written);
    this.dims = dims;
    sliding = new Sliding(written, dims, false, 0, report);
    sliding.checkPadding(report);
    ceil = written.flag("ceilMode");
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.empty();
  }

  @Override
  public Optional<MemoryFormat> format() {
    return Optional.empty();
  }

  @Override
  public final Shape output(Incoming incoming, Report report) {
    Shape input = Channels.of(written(), incoming, List.of(dims + 1), Sliding.takes(dims), report);
    return sliding.output(input, input.first(), report);
  }

  /** Over how many dimensions windows slide. */
  final int dims() {
    return dims;
  }

  /** Window, stride and padding, as arguments. */
  final List<Expression> window(ModelCode code) {
    return List.of(
        code.longs("window", sliding.kernel),
        code.longs("stride", sliding.stride),
        code.longs("padding", sliding.padding));
  }

  /** The distance between a window's elements, as an argument. */
  final Expression dilation(ModelCode code) {
    return code.longs("dilation", sliding.dilation);
  }

  /** Height and width of a window, as two arguments. */
  final List<Long> windowSizes() {
    return List.of(sliding.kernel[0], sliding.kernel[1]);
  }

  /** Whether windows of 2 × 2 or more lie side by side; what is left at the end is in none. */
  final boolean tiles() {
    return dims == 2
        && !ceil
        && Arrays.equals(sliding.kernel, sliding.stride)
        && Arrays.stream(sliding.kernel).allMatch(size -> size > 1)
        && Arrays.stream(sliding.padding).allMatch(size -> size == 0)
        && Arrays.stream(sliding.dilation).allMatch(size -> size == 1);
  }

  /** Whether a window may hang over the end. */
  final boolean ceil() {
    return ceil;
  }

  @Override
  public final BackwardReads backwardReads() {
    return BackwardReads.INPUT; // libtorch asks for it, be it only for its size
  }
}

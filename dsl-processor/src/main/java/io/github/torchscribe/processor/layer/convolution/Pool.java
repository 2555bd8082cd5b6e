package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.ShapeCode;
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
import java.util.stream.IntStream;

/**
 * A number for each window that slides over sequences, images or volumes. A sequence is seen as an
 * image of one row: that is how libtorch pools them, too.
 */
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
    if (!readsPadding()) {
      sliding.checkUnpadded(input, report);
    }
    return sliding.output(input, input.first(), report);
  }

  /** Whether a window may be larger than the input is without its padding. */
  boolean readsPadding() {
    return true;
  }

  /** Over how many dimensions windows slide. */
  final int dims() {
    return dims;
  }

  /** What libtorch's operations begin with. */
  final String function(String kind) {
    return kind + "_pool" + Math.max(dims, 2) + "d";
  }

  /** A tensor as libtorch's operation sees it. */
  final Expression seen(Expression tensor) {
    return dims == 1 ? tensor.call("unsqueeze", 2) : tensor;
  }

  /** The output as libtorch's operation sees it. */
  final Expression seenOutput(ForwardCode code) {
    return dims == 1 ? code.perBatch("row", seen(code.output())) : code.output();
  }

  /** What an operation gave, as others see it. */
  final Expression unseen(Expression tensor) {
    return dims == 1 ? tensor.call("squeeze", 2) : tensor;
  }

  /** Sizes as libtorch's operation sees them. */
  private long[] seen(long[] sizes, long ofTheRow) {
    return dims == 1 ? new long[] {ofTheRow, sizes[0]} : sizes;
  }

  /** Whether there is padding. */
  final boolean pads() {
    return Arrays.stream(sliding.padding).anyMatch(size -> size != 0);
  }

  /** Window, stride and padding, as arguments. */
  final List<Expression> window(ModelCode code) {
    return List.of(
        code.longs("window", seen(sliding.kernel, 1)),
        code.longs("stride", seen(sliding.stride, 1)),
        code.longs("padding", seen(sliding.padding, 0)));
  }

  /** The distance between a window's elements, as an argument. */
  final Expression dilation(ModelCode code) {
    return code.longs("dilation", seen(sliding.dilation, 1));
  }

  /** Height and width of a window, as two arguments. */
  final List<Long> windowSizes() {
    return Arrays.stream(seen(sliding.kernel, 1)).boxed().toList();
  }

  /** Whether windows of 2, or 2 × 2, or more lie side by side; what is left over is in none. */
  final boolean tiles() {
    return dims <= 2
        && !ceil
        && Arrays.equals(sliding.kernel, sliding.stride)
        && Arrays.stream(sliding.kernel).allMatch(size -> size > 1)
        && !pads()
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

  /** ONNX' operator; what hangs over the end is padding, as runtimes differ about it. */
  final Expression.Call windows(String operator, OnnxCode code) {
    long[] begins = sliding.padding.clone();
    long[] ends = sliding.ends(code.inputShape(), code.outputShape());
    Expression from = code.input();
    if (IntStream.range(0, dims).anyMatch(i -> ends[i] >= sliding.kernel[i])) {
      // A window with gaps may hang over by more than it has elements, which no pool takes.
      List<Long> none = List.of(0L, 0L);
      Expression pads = code.integers(none, Sliding.listed(begins), none, Sliding.listed(ends));
      from = code.op("Pad", from, pads, code.number(Double.NEGATIVE_INFINITY));
      Arrays.fill(begins, 0);
      Arrays.fill(ends, 0);
    }
    return sliding.stated(
        code.op(operator, from).call("withAll", "kernel_shape", Sliding.listed(sliding.kernel)),
        begins,
        ends);
  }

  /**
   * How many places a window has for each that is counted, where it hangs over the end: of a
   * dimension only the last one does.
   */
  final double ofTheLast(int dimension, ShapeCode code) {
    long reached = code.inputShape().sizes().get(dimension + 1) + sliding.padding[dimension];
    long last = code.outputShape().sizes().get(dimension + 1) - 1;
    long from = last * sliding.stride[dimension] - sliding.padding[dimension];
    long kernel = sliding.kernel[dimension];
    return (double) kernel / (Math.min(from + kernel, reached) - from);
  }
}

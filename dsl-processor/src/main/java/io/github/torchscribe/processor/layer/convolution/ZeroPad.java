package io.github.torchscribe.processor.layer.convolution;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Zeros around sequences or images, on each side as many as are stated. */
abstract class ZeroPad extends Layer {
  private final int dims;
  private final String takes;
  private final long[] sides;
  private final boolean valid;

  ZeroPad(Written written, int dims, String takes, Report report) {
    super(written);
    this.dims = dims;
    this.takes = takes;
    int errors = report.errors();
    sides = Sliding.read(written, "value", 2 * dims, 0, report);
    valid = report.errors() == errors;
  }

  @Override
  public final Optional<Precision> precision() {
    return Optional.empty();
  }

  @Override
  public final Optional<MemoryFormat> format() {
    return Optional.empty();
  }

  @Override
  public final Shape output(Incoming incoming, Report report) {
    Shape input = Channels.of(written(), incoming, List.of(dims + 1), takes, report);
    List<Long> sizes = new ArrayList<>(List.of(input.first()));
    for (int i = 1; i <= dims; i++) {
      long size = input.sizes().get(i);
      boolean known = valid && size != Shape.UNKNOWN;
      sizes.add(known ? size + before(i) + after(i) : Long.valueOf(Shape.UNKNOWN));
    }
    return new Shape(sizes);
  }

  /** In PyTorch's order the last dimension comes first. */
  private long before(int dimension) {
    return sides[2 * (dims - dimension)];
  }

  private long after(int dimension) {
    return sides[2 * (dims - dimension) + 1];
  }

  @Override
  public final void forward(ForwardCode code) {
    code.part(code.output().call("zero_"), "around the input");
    Expression inside = code.perBatch("inside", inside(code.output(), code));
    code.step(inside.call("copy_", code.input()));
  }

  @Override
  public final void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(code.inputGradient().call("copy_", inside(code.outputGradient(), code)));
    }
  }

  /** What is not around. */
  private Expression inside(Expression whole, ModelCode code) {
    Expression inside = whole;
    for (int i = 1; i <= dims; i++) {
      if (before(i) + after(i) > 0) {
        inside = inside.call("narrow", i + 1, before(i), code.inputShape().sizes().get(i));
      }
    }
    return inside;
  }

  @Override
  public final Expression autograd(AutogradCode code) {
    return call("constant_pad_nd", code.input(), code.longs("sides", sides));
  }

  @Override
  public final Expression onnx(OnnxCode code) {
    List<Long> pads = new ArrayList<>(List.of(0L, 0L));
    for (int i = 1; i <= dims; i++) {
      pads.add(before(i));
    }
    pads.addAll(List.of(0L, 0L));
    for (int i = 1; i <= dims; i++) {
      pads.add(after(i));
    }
    return code.op("Pad", code.input(), code.integers(pads));
  }
}

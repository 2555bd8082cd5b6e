package io.github.torchscribe.processor.layer.basic;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Dimension;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** {@code @Narrow}: some places of a dimension that follow each other. */
final class NarrowLayer extends Layer {
  private final Dimension dim;
  private final long start;
  private final long length;

  NarrowLayer(Written written, Report report) {
    super(written);
    dim = new Dimension(written);
    start = written.number("start").longValue();
    length = (long) written.checked("length", "at least 1", v -> v >= 1, report);
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
  public Places places(List<Shape> inputs) {
    return dim.of(inputs.get(0)) == 0 ? Places.MIXED : Places.KEPT;
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape input = incoming.shape();
    if (!dim.isIn(input, report)) {
      return Shape.ANY;
    }
    long size = dim.size(input);
    boolean known = size != Shape.UNKNOWN;
    boolean fits = length >= 1 && !(known && length > size);
    if (known && length > size) {
      wrong(
          "length", "at most " + size + ", the size of dimension " + dim.stated(), length, report);
    }
    if (known && (start < -size || start >= size)) {
      wrong("start", "from " + -size + " to " + (size - 1), start, report);
    } else if (known && fits && first(size) + length > size) {
      wrong("start", "at least " + length + " places from the end", start, report);
    }
    return dim.resized(input, fits ? length : Shape.UNKNOWN);
  }

  private void wrong(String member, String must, long is, Report report) {
    report.say(Message.OUT_OF_RANGE, written().at(member), member, name(), must, is);
  }

  /** The first place that is taken, of so many. */
  private long first(long size) {
    return start < 0 ? start + size : start;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(code.output().call("copy_", taken(code.input(), code)));
  }

  /** What was not taken has no part in the loss. */
  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      Expression gradient = code.inputGradient();
      code.part(gradient.call("zero_"), "where nothing was taken");
      code.step(taken(gradient, code).call("copy_", code.outputGradient()));
    }
  }

  private Expression taken(Expression from, ModelCode code) {
    Shape input = code.inputShape();
    return from.call("narrow", dim.of(input) + 1, first(dim.size(input)), length);
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return taken(code.input(), code);
  }

  @Override
  public Expression onnx(OnnxCode code) {
    Shape input = code.inputShape();
    long from = first(dim.size(input));
    return code.op(
        "Slice",
        code.input(),
        code.integers(from),
        code.integers(from + length),
        code.integers(dim.of(input) + 1));
  }
}

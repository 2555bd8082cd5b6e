package io.github.torchscribe.processor.layer.basic;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Dimension;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code @Unflatten}: one dimension becomes several; the memory stays. */
final class UnflattenLayer extends Layer {
  private final StatedSizes stated;
  private final Dimension dim;

  UnflattenLayer(Written written, Report report) {
    super(written);
    stated = new StatedSizes(written, report);
    dim = new Dimension(written);
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.empty();
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape input = incoming.shape();
    boolean known = dim.isIn(input, report);
    long size = known ? dim.size(input) : Shape.UNKNOWN;
    List<Long> parts = stated.of(size, "a dimension of size " + size, report);
    if (!known || stated.isEmpty()) {
      return Shape.ANY;
    }
    List<Long> sizes = new ArrayList<>(input.sizes());
    sizes.remove(dim.of(input));
    sizes.addAll(dim.of(input), parts);
    return new Shape(sizes);
  }

  @Override
  public MemoryUse memory() {
    return MemoryUse.VIEW;
  }

  @Override
  public void forward(ForwardCode code) {}

  @Override
  public void backward(BackwardCode code) {}

  @Override
  public Expression autograd(AutogradCode code) {
    return code.input().call("reshape", -1, code.outputShape());
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.reshaped(code.input(), code.outputShape());
  }
}

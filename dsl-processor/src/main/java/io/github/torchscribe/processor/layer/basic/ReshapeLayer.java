package io.github.torchscribe.processor.layer.basic;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** {@code @Reshape}: the same numbers in other sizes; the memory stays. */
final class ReshapeLayer extends Layer {
  private final StatedSizes stated;

  ReshapeLayer(Written written, Report report) {
    super(written);
    stated = new StatedSizes(written, report);
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.empty();
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape input = incoming.shape();
    List<Long> sizes = stated.of(input.elements(), input, report);
    return stated.isEmpty() ? Shape.ANY : new Shape(sizes);
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

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
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code @Flatten}: several dimensions become one; the memory stays. */
final class FlattenLayer extends Layer {
  private final int startDim;
  private final int endDim;

  FlattenLayer(Written written, Report report) {
    super(written);
    startDim = written.number("startDim").intValue();
    endDim = written.number("endDim").intValue();
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.empty();
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape shape = incoming.shape();
    boolean wrongAnywhere = startDim == 0 || startDim > endDim && endDim >= 0;
    if (shape.open() && !wrongAnywhere) {
      return startDim == 1 && endDim == -1 ? Shape.of(Shape.UNKNOWN) : Shape.ANY;
    }
    int dims = shape.rank() + 1;
    int start = startDim < 0 ? startDim + dims : startDim;
    int end = endDim < 0 ? endDim + dims : endDim;
    if (start < 1 || end >= dims || start > end) {
      String wrong =
          end >= dims || (start >= 1 && start > end && start < dims) ? "endDim" : "startDim";
      report.say(Message.WRONG_RANGE, written().at(wrong), name(), startDim, endDim, shape);
      return Shape.ANY;
    }
    List<Long> sizes = new ArrayList<>(shape.sizes().subList(0, start - 1));
    sizes.add(new Shape(shape.sizes().subList(start - 1, end)).elements());
    sizes.addAll(shape.sizes().subList(end, shape.rank()));
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
    return code.input().call("flatten", startDim, endDim);
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.reshaped(code.input(), code.outputShape());
  }
}

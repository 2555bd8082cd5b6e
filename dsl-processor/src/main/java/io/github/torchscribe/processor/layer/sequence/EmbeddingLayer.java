package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.Padded;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code @Embedding}: y = weight[x]. */
final class EmbeddingLayer extends EmbeddingTable {
  private final boolean mask;

  EmbeddingLayer(Written written, Report report) {
    super(written, written.flag("mask"), " where mask is true", report);
    mask = written.flag("mask");
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape shape = mask ? Sequences.ofIndices(written(), incoming, report) : incoming.shape();
    List<Long> sizes = new ArrayList<>(shape.sizes());
    sizes.add(width());
    return new Shape(sizes, shape.open());
  }

  @Override
  public Optional<Padded> padding(List<Shape> inputs) {
    Layer isThere = new PaddingLayer(written(), paddingIndex());
    return Optional.of(new Padded(0, Optional.of(isThere), OptionalLong.of(paddingIndex())))
        .filter(any -> mask);
  }

  @Override
  public boolean isCausal(List<Shape> inputs) {
    return true;
  }

  @Override
  public void forward(ForwardCode code) {
    Expression indices = code.input().call("flatten");
    code.step(call("index_select_out", code.outputRows(), code.parameter("weight"), 0, indices));
  }

  @Override
  public void backward(BackwardCode code) {
    code.step(
        call(
            "embedding_dense_backward_out",
            code.gradient("weight"),
            code.outputGradient(),
            code.input(),
            count(),
            paddingIndex(),
            false));
    code.hasGradient("weight");
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("embedding", code.parameter("weight"), code.input(), paddingIndex(), false, false);
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("Gather", code.parameter("weight"), code.input());
  }
}

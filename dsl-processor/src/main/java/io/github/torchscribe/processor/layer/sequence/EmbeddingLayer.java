package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code @Embedding}: y = weight[x]. */
final class EmbeddingLayer extends Layer {
  private static final long NO_INDEX = -1;

  private final long count;
  private final long width;
  private final long padding;
  private final boolean mask;

  EmbeddingLayer(Written written, Report report) {
    super(written);
    Shape sizes = written.shape("value", 2, 2, "{numEmbeddings, embeddingDim}", report);
    count = sizes.first();
    width = sizes.last();
    padding = written.number("paddingIdx").longValue();
    mask = written.flag("mask");
    String range = "from 0 " + (count == Shape.UNKNOWN ? "on" : "to " + (count - 1));
    written.checked(
        "paddingIdx",
        mask ? range + " where mask is true" : "-1, or " + range,
        p -> p >= (mask ? 0 : NO_INDEX) && (count == Shape.UNKNOWN || p < count),
        report);
  }

  @Override
  public OptionalLong indices() {
    return OptionalLong.of(count);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape shape = mask ? Sequences.ofIndices(written(), incoming, report) : incoming.shape();
    List<Long> sizes = new ArrayList<>(shape.sizes());
    sizes.add(width);
    return new Shape(sizes, shape.open());
  }

  @Override
  public Optional<Layer> padding() {
    return mask ? Optional.of(new PaddingLayer(written(), padding)) : Optional.empty();
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return List.of(new ParameterSpec("weight", Shape.of(count, width)));
  }

  @Override
  public void initialize(Shape input, InitCode code) {
    Expression weight = code.parameter("weight");
    code.step(call("standardNormal", weight, code.generator()));
    if (padding != NO_INDEX) {
      code.step(call("zeros", weight.call("select", 0, padding)));
    }
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT;
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
            count,
            padding,
            false));
    code.hasGradient("weight");
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("embedding", code.parameter("weight"), code.input(), padding, false, false);
  }
}

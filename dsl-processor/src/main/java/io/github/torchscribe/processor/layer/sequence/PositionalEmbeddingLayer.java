package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** {@code @PositionalEmbedding}: y = x + weight. */
final class PositionalEmbeddingLayer extends Layer {
  PositionalEmbeddingLayer(Written written, Report report) {
    super(written);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    return Sequences.check(written(), incoming, report);
  }

  @Override
  public Places places(List<Shape> inputs) {
    return Places.KEPT;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return List.of(new ParameterSpec("weight", input));
  }

  @Override
  public void initialize(Shape input, InitCode code) {
    code.step(call("standardNormal", code.parameter("weight"), code.generator()));
  }

  @Override
  public MemoryUse memory() {
    return MemoryUse.IN_PLACE;
  }

  @Override
  public boolean passesGradient(int which) {
    return true;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(call("add_out", code.output(), code.input(), code.parameter("weight")));
  }

  @Override
  public void backward(BackwardCode code) {
    code.step(call("sum_out", code.gradient("weight"), code.outputGradient(), 0));
    code.hasGradient("weight");
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return code.input().call("add", code.parameter("weight"));
  }
}

package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.layer.Sums;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** {@code @ClassToken}: a learned vector before the others. */
final class ClassTokenLayer extends Layer {
  private static final String TOKEN = "class_token";

  ClassTokenLayer(Written written, Report report) {
    super(written);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape input = Sequences.check(written(), incoming, report);
    return input.first() == Shape.UNKNOWN ? input : input.withFirst(input.first() + 1);
  }

  @Override
  public Places places(List<Shape> inputs) {
    return Places.KEPT;
  }

  @Override
  public Optional<Layer> movesPadding() {
    return Optional.of(new TokenThereLayer(written()));
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return List.of(new ParameterSpec(TOKEN, Shape.of(1, 1, input.last())));
  }

  @Override
  public void initialize(Shape input, InitCode code) {
    code.step(call("zeros", code.parameter(TOKEN)));
  }

  @Override
  public void forward(ForwardCode code) {
    Expression first = code.perBatch("first", first(code.output()));
    code.part(first.call("copy_", code.parameter(TOKEN)), "the learned vector");
    code.step(code.perBatch("others", others(code.output(), code)).call("copy_", code.input()));
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsGradient(TOKEN)) {
      Expression gradient = first(code.outputGradient());
      code.part(
          call(
              "sum_out",
              code.gradient(TOKEN),
              gradient,
              code.longs("dim", 0),
              true,
              Sums.sameType(code)),
          "over all examples");
      code.hasGradient(TOKEN);
    }
    if (code.wantsInputGradient()) {
      code.step(code.inputGradient().call("copy_", others(code.outputGradient(), code)));
    }
  }

  private static Expression first(Expression sequence) {
    return sequence.call("narrow", 1, 0, 1);
  }

  private static Expression others(Expression sequence, ModelCode code) {
    return sequence.call("narrow", 1, 1, code.inputShape().first());
  }

  @Override
  public Expression autograd(AutogradCode code) {
    Expression each = code.parameter(TOKEN).call("expand", code.input().call("size", 0), -1, -1);
    return call("cat", create(Types.TENSOR_VECTOR, each, code.input()), 1);
  }

  /** As often as there are examples. */
  @Override
  public Expression onnx(OnnxCode code) {
    Expression count =
        code.op("Shape", code.input()).call("with", "start", 0).call("with", "end", 1);
    Expression shape =
        code.op("Concat", count, code.integers(1, code.inputShape().last()))
            .call("with", "axis", 0);
    Expression each = code.op("Expand", code.parameter(TOKEN), shape);
    return code.op("Concat", each, code.input()).call("with", "axis", 1);
  }
}

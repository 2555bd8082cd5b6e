package io.github.torchscribe.processor.layer.norm;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.layer.ThreeGradients;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** {@code @LayerNorm}: y = (x − mean)/√(variance + eps)·weight + bias over the last dimensions. */
final class LayerNormLayer extends Norm {
  private final NormalizedShape shape;

  LayerNormLayer(Written written, Report report) {
    super(
        written,
        aboveZero(written, report),
        written.flag("elementwiseAffine"),
        written.flag("elementwiseAffine") && written.flag("bias"));
    shape = new NormalizedShape(written);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    shape.check(incoming, report);
    return incoming.shape();
  }

  @Override
  public Places places(List<Shape> inputs) {
    return shape.places(inputs.get(0));
  }

  @Override
  Shape affine(Shape input) {
    return shape.of(input);
  }

  @Override
  public MemoryUse memory() {
    return MemoryUse.BRINGS_GRADIENT;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(
        call(
            "native_layer_norm_out",
            code.output(),
            statistics(code),
            code.input(),
            shape.constant(code),
            affine(code),
            eps()));
  }

  @Override
  public void backward(BackwardCode code) {
    ThreeGradients.of(
        code,
        mask ->
            call(
                "native_layer_norm_backward",
                code.outputGradient(),
                code.input(),
                shape.constant(code),
                statistics(code),
                affine(code),
                mask));
  }

  private List<Expression> statistics(PassCode code) {
    return meanAndRstd(code, shape.statistics(code.inputShape()));
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("layer_norm", code.input(), shape.constant(code), affine(code), eps(), false);
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("LayerNormalization", code.input(), scale(code), shift(code))
        .call("with", "axis", -shape.of(code.inputShape()).rank())
        .call("with", "epsilon", eps());
  }
}

package io.github.torchscribe.processor.layer.norm;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.ThreeGradients;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;

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
        "native_layer_norm_out("
            + code.output()
            + ", "
            + code.kept("mean", shape.statistics(code.inputShape()))
            + ", "
            + code.kept("rstd", shape.statistics(code.inputShape()))
            + ", "
            + code.input()
            + ", "
            + normalized(code, code.inputShape())
            + ", "
            + weight(code)
            + ", "
            + bias(code)
            + ", "
            + eps()
            + ")");
  }

  @Override
  public void backward(BackwardCode code) {
    ThreeGradients.of(
        code,
        hasWeight(),
        hasBias(),
        mask ->
            "native_layer_norm_backward("
                + code.outputGradient()
                + ", "
                + code.input()
                + ", "
                + normalized(code, code.inputShape())
                + ", "
                + code.kept("mean", shape.statistics(code.inputShape()))
                + ", "
                + code.kept("rstd", shape.statistics(code.inputShape()))
                + ", "
                + weight(code)
                + ", "
                + bias(code)
                + ", "
                + mask
                + ")");
  }

  private String normalized(ModelCode code, Shape input) {
    long[] sizes = shape.of(input).sizes().stream().mapToLong(Long::longValue).toArray();
    return code.longs("normalized", sizes);
  }

  @Override
  public String autograd(AutogradCode code) {
    return "layer_norm("
        + code.input()
        + ", "
        + normalized(code, code.inputShape())
        + ", "
        + affine(code)
        + ", "
        + eps()
        + ", false)";
  }
}

package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.dsl.nn.Upsample;
import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** {@code @Upsample}: makes images larger. */
final class UpsampleLayer extends Layer {
  private final long[] factor;
  private final boolean bilinear;

  UpsampleLayer(Written written, Report report) {
    super(written);
    factor = Sliding.read(written, "scaleFactor", 2, 1, report);
    bilinear =
        written.constant("mode", Upsample.Mode.class, Upsample.Mode.NEAREST)
            == Upsample.Mode.BILINEAR;
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape input = Channels.of(written(), incoming, List.of(3), "(N, C, H, W)", report);
    return Shape.of(
        input.first(), input.sizes().get(1) * factor[0], input.sizes().get(2) * factor[1]);
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(
        (bilinear ? "upsample_bilinear2d_out(" : "upsample_nearest2d_out(")
            + code.output()
            + ", "
            + code.input()
            + ", "
            + size(code, code.outputShape())
            + (bilinear ? ", false)" : ")"));
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(
          (bilinear ? "upsample_bilinear2d_backward_out(" : "upsample_nearest2d_backward_out(")
              + code.inputGradient()
              + ", "
              + code.outputGradient()
              + ", "
              + size(code, code.outputShape())
              + ", new long[] {n, "
              + code.inputShape().list()
              + "}"
              + (bilinear ? ", false)" : ")"));
    }
  }

  private static String size(ModelCode code, Shape output) {
    return code.longs("enlarged", output.sizes().get(1), output.sizes().get(2));
  }

  @Override
  public String autograd(AutogradCode code) {
    String none = "new DoubleOptional()";
    return (bilinear ? "upsample_bilinear2d(" : "upsample_nearest2d(")
        + code.input()
        + ", "
        + size(code, code.outputShape())
        + (bilinear ? ", false, " : ", ")
        + none
        + ", "
        + none
        + ")";
  }
}

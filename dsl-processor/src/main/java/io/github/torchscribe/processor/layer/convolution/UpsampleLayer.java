package io.github.torchscribe.processor.layer.convolution;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.NONE;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.longs;

import io.github.torchscribe.dsl.nn.Upsample;
import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

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

  /** Libtorch's kernels read both, and are quicker where channels lie last. */
  @Override
  public Optional<MemoryFormat> format() {
    return Optional.empty();
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape input = Channels.of(written(), incoming, List.of(3), "(N, C, H, W)", report);
    return Shape.of(
        input.first(), input.sizes().get(1) * factor[0], input.sizes().get(2) * factor[1]);
  }

  @Override
  public void forward(ForwardCode code) {
    Expression to = code.output();
    code.step(call(function() + "_out", to, code.input(), size(code), corners()));
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(
          call(
              function() + "_backward_out",
              code.inputGradient(),
              code.outputGradient(),
              size(code),
              longs(N, code.inputShape()),
              corners()));
    }
  }

  private String function() {
    return bilinear ? "upsample_bilinear2d" : "upsample_nearest2d";
  }

  /** Whether corners keep their values; only interpolation asks. */
  private List<Boolean> corners() {
    return bilinear ? List.of(false) : List.of();
  }

  private static Expression size(ModelCode code) {
    Shape output = code.outputShape();
    return code.longs("enlarged", output.sizes().get(1), output.sizes().get(2));
  }

  @Override
  public Expression autograd(AutogradCode code) {
    Expression none = create(Types.DOUBLE_OPTIONAL);
    return call(function(), code.input(), size(code), corners(), none, none);
  }

  @Override
  public Expression onnx(OnnxCode code) {
    Expression scales = call("numbers", 1.0, 1.0, (double) factor[0], (double) factor[1]);
    Expression.Call resize = code.op("Resize", code.input(), NONE, scales);
    return bilinear
        ? resize
            .call("with", "mode", "linear")
            .call("with", "coordinate_transformation_mode", "half_pixel")
        : resize
            .call("with", "mode", "nearest")
            .call("with", "coordinate_transformation_mode", "asymmetric")
            .call("with", "nearest_mode", "floor");
  }
}

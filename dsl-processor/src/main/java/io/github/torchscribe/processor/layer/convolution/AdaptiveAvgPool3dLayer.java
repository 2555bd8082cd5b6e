package io.github.torchscribe.processor.layer.convolution;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.Sums;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code @AdaptiveAvgPool3d}: the mean of windows chosen for the wanted output. */
final class AdaptiveAvgPool3dLayer extends Layer {
  private static final int DIMS = 3;

  private final long[] size;

  AdaptiveAvgPool3dLayer(Written written, Report report) {
    super(written);
    size = Sliding.read(written, "value", DIMS, 1, report);
  }

  /** One mean for each channel asks for no order; windows libtorch writes in PyTorch's alone. */
  @Override
  public Optional<MemoryFormat> format() {
    return isGlobal() ? Optional.empty() : super.format();
  }

  private boolean isGlobal() {
    return Arrays.stream(size).allMatch(one -> one == 1);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape input = Channels.of(written(), incoming, List.of(DIMS + 1), Sliding.takes(DIMS), report);
    return Shape.of(input.first(), size[0], size[1], size[2]);
  }

  @Override
  public BackwardReads backwardReads() {
    return isGlobal() ? BackwardReads.NOTHING : BackwardReads.INPUT; // for its size alone
  }

  /** A mean takes a tenth of what the kernel for windows takes. */
  @Override
  public void forward(ForwardCode code) {
    code.step(
        isGlobal()
            ? call(
                "mean_out",
                code.output(),
                code.input(),
                code.longs("places", 2, 3, 4),
                true,
                Sums.sameType(code))
            : call("adaptive_avg_pool3d_out", code.output(), code.input(), sizes(code)));
  }

  @Override
  public void backward(BackwardCode code) {
    if (!code.wantsInputGradient()) {
      return;
    }
    Expression to = code.inputGradient();
    Expression from = code.outputGradient();
    if (isGlobal()) {
      List<Long> places = code.inputShape().sizes().subList(1, DIMS + 1);
      double part = 1.0 / new Shape(places).elements();
      code.step(call("mul_out", to, from, code.perBatch("means", call("filled", part, places))));
    } else {
      code.step(call("adaptive_avg_pool3d_backward_out", to, from, code.input()));
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("adaptive_avg_pool3d", code.input(), sizes(code));
  }

  private Expression sizes(ModelCode code) {
    return code.longs("size", size);
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return AdaptiveWindows.means(size, code);
  }
}

package io.github.torchscribe.processor.layer.convolution;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** {@code @AdaptiveAvgPool2d}: the mean of windows chosen for the wanted output. */
final class AdaptiveAvgPool2dLayer extends Layer {
  private final long[] size;

  AdaptiveAvgPool2dLayer(Written written, Report report) {
    super(written);
    size = Sliding.read(written, "value", 2, 1, report);
  }

  /** One mean for each channel asks for no order. */
  @Override
  public Optional<MemoryFormat> format() {
    return isGlobal() ? Optional.empty() : super.format();
  }

  private boolean isGlobal() {
    return size[0] == 1 && size[1] == 1;
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape input = Channels.of(written(), incoming, List.of(3), "(N, C, H, W)", report);
    return Shape.of(input.first(), size[0], size[1]);
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(
        call("adaptive_avg_pool2d_out", code.output(), code.input(), code.longs("size", size)));
  }

  /**
   * The layer is linear: out = P·in·Qᵀ, so the gradient is Pᵀ·g·Q, with a mean in each row of P, Q.
   */
  @Override
  public void backward(BackwardCode code) {
    if (!code.wantsInputGradient()) {
      return;
    }
    long height = code.inputShape().sizes().get(1);
    long width = code.inputShape().sizes().get(2);
    Expression to = code.inputGradient();
    Expression from = code.outputGradient();
    if (isGlobal()) {
      Expression mean = call("filled", 1.0 / (height * width), height, width);
      code.step(call("mul_out", to, from, code.perBatch("means", mean)));
      return;
    }
    Expression rows = means(code, "rows", height, size[0]);
    Expression columns = means(code, "columns", width, size[1]);
    code.step(call("matmul_out", to, rows.call("t").call("matmul", from), columns));
  }

  private static Expression means(BackwardCode code, String name, long in, long out) {
    return code.perBatch(name, call("windowMeans", in, out));
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("adaptive_avg_pool2d", code.input(), code.longs("size", size));
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return AdaptiveWindows.means(size, code);
  }
}

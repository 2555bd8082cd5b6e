package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.ForwardCode;
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
        "adaptive_avg_pool2d_out("
            + code.output()
            + ", "
            + code.input()
            + ", "
            + code.longs("size", size)
            + ")");
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
    String to = code.inputGradient() + ", ";
    if (isGlobal()) {
      String mean = "filled(" + 1.0 / (height * width) + ", " + height + ", " + width + ")";
      String means = code.perBatch("means", "Tensor", mean);
      code.step("mul_out(" + to + code.outputGradient() + ", " + means + ")");
      return;
    }
    String rows = means(code, "rows", height, size[0]);
    String columns = means(code, "columns", width, size[1]);
    String along = rows + ".t().matmul(" + code.outputGradient() + ")";
    code.step("matmul_out(" + to + along + ", " + columns + ")");
  }

  private static String means(BackwardCode code, String name, long in, long out) {
    return code.perBatch(name, "Tensor", "windowMeans(" + in + ", " + out + ")");
  }

  @Override
  public String autograd(AutogradCode code) {
    return "adaptive_avg_pool2d(" + code.input() + ", " + code.longs("size", size) + ")";
  }
}

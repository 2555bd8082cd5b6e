package io.github.torchscribe.processor.layer.convolution;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** {@code @AdaptiveMaxPool2d}: the largest value of windows chosen for the wanted output. */
final class AdaptiveMaxPool2dLayer extends Layer {
  private final long[] size;

  AdaptiveMaxPool2dLayer(Written written, Report report) {
    super(written);
    size = Sliding.read(written, "value", 2, 1, report);
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.empty();
  }

  @Override
  public Optional<MemoryFormat> format() {
    return Optional.empty();
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape input = Channels.of(written(), incoming, List.of(3), "(N, C, H, W)", report);
    return Shape.of(input.first(), size[0], size[1]);
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT; // libtorch asks for it, be it only for its size
  }

  @Override
  public void forward(ForwardCode code) {
    Expression wanted = code.longs("size", size);
    code.step(call("adaptive_max_pool2d_out", code.output(), indices(code), code.input(), wanted));
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(
          call(
              "adaptive_max_pool2d_backward_out",
              code.inputGradient(),
              code.outputGradient(),
              code.input(),
              indices(code)));
    }
  }

  /** Where each maximum was found. */
  private static Expression indices(PassCode code) {
    return code.perBatch("indices", code.indices());
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("adaptive_max_pool2d", code.input(), code.longs("size", size)).call("get0");
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return AdaptiveWindows.maxima(size, code);
  }
}

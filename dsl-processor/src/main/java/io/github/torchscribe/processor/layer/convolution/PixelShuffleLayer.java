package io.github.torchscribe.processor.layer.convolution;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** {@code @PixelShuffle}: what lies in channels becomes pixels beside each other. */
final class PixelShuffleLayer extends Layer {
  private final long factor;

  PixelShuffleLayer(Written written, Report report) {
    super(written);
    factor = (long) written.checked("value", "at least 1", v -> v >= 1, report);
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
    long channels = input.first();
    long pixels = factor * factor;
    if (factor < 1) {
      return Shape.ANY.ofRank(3);
    }
    if (channels != Shape.UNKNOWN && channels % pixels != 0) {
      report.say(
          Message.OUT_OF_RANGE,
          written().at("value"),
          "value",
          name(),
          "a number whose square divides the " + channels + " channels",
          factor);
      return Shape.ANY.ofRank(3);
    }
    return Shape.of(
        channels / pixels, input.sizes().get(1) * factor, input.sizes().get(2) * factor);
  }

  @Override
  public void forward(ForwardCode code) {
    Expression asRead = code.perBatch("asRead", inChannels(code.output(), code));
    code.step(asRead.call("copy_", divided(code.input(), code)));
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      Expression to = divided(code.inputGradient(), code);
      code.step(to.call("copy_", inChannels(code.outputGradient(), code)));
    }
  }

  /** The input's channels as (C, r, r). */
  private Expression divided(Expression input, ModelCode code) {
    return input.call(
        "unflatten", 1, code.longs("pixels", code.outputShape().first(), factor, factor));
  }

  /** The output in the same order. */
  private Expression inChannels(Expression output, ModelCode code) {
    Shape input = code.inputShape();
    Expression rows = output.call("unflatten", 3, input.sizes().get(2), factor);
    return rows.call("unflatten", 2, input.sizes().get(1), factor)
        .call("permute", 0, 1, 3, 5, 2, 4);
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("pixel_shuffle", code.input(), factor);
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("DepthToSpace", code.input())
        .call("with", "blocksize", factor)
        .call("with", "mode", "CRD");
  }
}

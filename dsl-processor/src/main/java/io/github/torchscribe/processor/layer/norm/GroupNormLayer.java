package io.github.torchscribe.processor.layer.norm;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.ThreeGradients;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** {@code @GroupNorm}: y = (x − mean)/√(variance + eps)·weight + bias over groups of channels. */
final class GroupNormLayer extends Norm {
  private final long groups;

  GroupNormLayer(Written written, Report report) {
    super(written, aboveZero(written, report), written.flag("affine"), written.flag("affine"));
    groups = (long) written.checked("value", "at least 1", g -> g >= 1, report);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Channels.areThere(written(), incoming, "(N, C, *)", report);
    Channels.divide(written(), "value", groups, incoming.shape().first(), report);
    return incoming.shape();
  }

  @Override
  Shape affine(Shape input) {
    return Shape.of(input.sizes().get(0));
  }

  @Override
  public MemoryUse memory() {
    return MemoryUse.BRINGS_GRADIENT;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(
        call(
            "native_group_norm_out",
            code.output(),
            statistics(code),
            code.input(),
            affine(code),
            sizes(code),
            eps()));
  }

  @Override
  public void backward(BackwardCode code) {
    ThreeGradients.of(
        code,
        hasWeight(),
        hasBias(),
        mask ->
            call(
                "native_group_norm_backward",
                code.outputGradient(),
                code.input(),
                statistics(code),
                weight(code),
                sizes(code),
                mask));
  }

  private List<Expression> statistics(PassCode code) {
    return meanAndRstd(code, Shape.of(groups));
  }

  /** N, C, the elements of a channel, and the number of groups. */
  private List<Object> sizes(PassCode code) {
    long channels = code.inputShape().sizes().get(0);
    return List.of(N, channels, code.inputShape().elements() / channels, groups);
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("group_norm", code.input(), groups, affine(code), eps(), false);
  }
}

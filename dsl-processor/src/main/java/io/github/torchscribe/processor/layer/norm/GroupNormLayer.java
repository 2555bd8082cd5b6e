package io.github.torchscribe.processor.layer.norm;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code @GroupNorm}: y = (x − mean)/√(variance + eps)·weight + bias over groups of channels. */
final class GroupNormLayer extends ByGroups {
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
  long groups(Shape input) {
    return groups;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(normalised(code));
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("group_norm", code.input(), groups, affine(code), eps(), false);
  }

  /** Groups as channels, each with a mean of its own; ONNX has had a norm of groups since 21. */
  @Override
  public Expression onnx(OnnxCode code) {
    Shape input = code.inputShape();
    Expression normed =
        code.op(
                "InstanceNormalization",
                code.reshaped(code.input(), groups, -1),
                code.filled(1, groups),
                code.filled(0, groups))
            .call("with", "epsilon", eps());
    Expression result = code.reshaped(normed, input);
    if (!hasWeight()) {
      return result;
    }
    List<Long> channels = new ArrayList<>(Collections.nCopies(input.rank(), 1L));
    channels.set(0, input.first());
    Expression sizes = code.integers(channels);
    Expression scaled = code.op("Mul", result, code.op("Reshape", scale(code), sizes));
    return code.op("Add", scaled, code.op("Reshape", shift(code), sizes));
  }
}

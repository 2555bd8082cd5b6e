package io.github.torchscribe.processor.layer.norm;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;

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
}

package io.github.torchscribe.processor.layer.sequence;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.Padded;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code @Masked}: a sequence as it is, of which an input says which places are padding. */
final class MaskedLayer extends Layer {
  private static final int BOTH = 2;
  private static final int MASK = 1;

  MaskedLayer(Written written, Report report) {
    super(written);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    return incoming.shape();
  }

  @Override
  public Shape output(List<Incoming> incoming, Report report) {
    Incoming sequence = incoming.get(0);
    if (incoming.size() > BOTH) {
      report.say(Message.MEETS_MANY, written().at(), name(), BOTH, incoming.size());
    }
    if (incoming.size() >= BOTH && !sequence.shape().open()) {
      Incoming mask = incoming.get(MASK);
      boolean isLength = mask.shape().rank() == 0;
      boolean fits = isLength || Shape.of(sequence.shape().first()).fits(mask.shape());
      if (!mask.raw() || sequence.shape().rank() < 1 || !fits) {
        report.say(
            Message.NO_MASK,
            written().at(),
            name(),
            sequence.shape(),
            sequence.from(),
            Shape.of(sequence.shape().first()),
            mask.from(),
            mask.shape());
      }
    }
    return sequence.shape();
  }

  @Override
  public Optional<Padded> padding(List<Shape> inputs) {
    if (inputs.size() < BOTH) {
      return Optional.empty(); // after an error
    }
    if (inputs.get(MASK).rank() > 0) {
      return Optional.of(new Padded(MASK, Optional.empty(), OptionalLong.empty()));
    }
    Layer isThere = new LengthsLayer(written(), inputs.get(0).first());
    return Optional.of(new Padded(MASK, Optional.of(isThere), OptionalLong.of(0)));
  }

  @Override
  public MemoryUse memory() {
    return MemoryUse.VIEW;
  }

  @Override
  public void forward(ForwardCode code) {}

  @Override
  public void backward(BackwardCode code) {}

  @Override
  public Expression autograd(AutogradCode code) {
    return code.input();
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.input();
  }
}

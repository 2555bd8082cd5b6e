package io.github.torchscribe.processor.layer.basic;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.FewRows;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.layer.Traits;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Dropout: some elements become 0 while training, the others larger. */
abstract class Dropping extends Layer {
  private final double probability;

  Dropping(Written written, Report report) {
    super(written);
    probability = written.checked("value", "from 0 to less than 1", p -> p >= 0 && p < 1, report);
  }

  /** The shape of the mask for one example. */
  abstract Shape mask(Shape input);

  @Override
  public final Optional<MemoryFormat> format() {
    return Optional.empty();
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    return incoming.shape();
  }

  @Override
  public final Places places(List<Shape> inputs) {
    return Places.KEPT;
  }

  @Override
  public final boolean isDivisible() {
    return false; // the random stream has one order
  }

  @Override
  public final MemoryUse memory() {
    return MemoryUse.GRADIENT_IN_PLACE;
  }

  @Override
  public final FewRows fewRows() {
    return FewRows.AS_READ;
  }

  @Override
  public final Traits traits() {
    return Traits.DROPS;
  }

  @Override
  public final void forward(ForwardCode code) {
    Expression mask = call("drawn", mask(code), 1 - probability);
    Expression scaled = mask.call("div_", code.scalar("kept", 1 - probability));
    code.step(
        call("mul_out", code.output(), code.input(), scaled),
        code.output().call("copy_", code.input()));
  }

  @Override
  public final void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(call("mul_out", code.inputGradient(), code.outputGradient(), mask(code)));
    }
  }

  private Expression mask(PassCode code) {
    return code.kept("mask", mask(code.inputShape()));
  }

  @Override
  public final Expression autograd(AutogradCode code) {
    return call("dropped", code.input(), 1 - probability, mask(code.inputShape()));
  }

  @Override
  public final Expression onnx(OnnxCode code) {
    return code.input();
  }
}

package io.github.torchscribe.processor.layer.basic;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.PaddingMask;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;

/** {@code @MaxOver}: the largest number of one dimension. */
final class MaxOverLayer extends OverOne {
  MaxOverLayer(Written written, Report report) {
    super(written);
  }

  @Override
  public Optional<Precision> precision() {
    // What is added to padding would not fit into fewer bits.
    return leavesPaddingOut() ? Optional.of(Precision.FULL) : Optional.empty();
  }

  @Override
  public void forward(ForwardCode code) {
    Expression to = code.output();
    Expression from = PaddingMask.isKnown(code) ? withoutPadding(code) : code.input();
    code.step( // only backward wants to know where the largest were
        call("max_out", to, found(code), from, at(code), keepdim()),
        call("amax_out", to, from, code.longs("dim", at(code)), keepdim()));
  }

  /** The same with padding far below, where no largest number is found. */
  private static Expression withoutPadding(ForwardCode code) {
    long[] spread = new long[code.inputShape().rank()];
    Arrays.fill(spread, 1);
    spread[0] = code.inputShape().first();
    Expression hidden = code.kept("hidden", code.inputShape(PaddingMask.at(code)));
    Expression isThere = code.input(PaddingMask.at(code));
    code.part(hidden.call("copy_", isThere).call("sub_", code.scalar("one", 1)), "−1 for padding");
    Expression places = code.perBatch("hiddenPlaces", hidden.call("view", N, Shape.of(spread)));
    Expression shown = code.kept("shown", code.inputShape());
    Expression farBelow = code.scalar("farBelow", PaddingMask.FAR_BELOW);
    code.part(call("add_out", shown, code.input(), places, farBelow), "far below for padding");
    return shown;
  }

  /** Of several that are equally large the one that was found gets all. */
  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      Expression to = code.inputGradient();
      Expression places = code.perBatch("places", whereItWas(found(code), code));
      Expression gradient = whereItWas(code.outputGradient(), code);
      code.part(to.call("zero_"), "where it is not the largest");
      code.step(to.call("scatter_", at(code), places, gradient));
    }
  }

  /** Which place each was found at. */
  private static Expression found(PassCode code) {
    return code.perBatch("found", code.indices());
  }

  @Override
  public Expression autograd(AutogradCode code) {
    Expression from =
        PaddingMask.isKnown(code)
            ? call("withoutPadding", code.input(), code.input(PaddingMask.at(code)))
            : code.input();
    return call("max", from, at(code), keepdim()).call("get0");
  }

  @Override
  public Expression onnx(OnnxCode code) {
    Expression from = code.input();
    if (PaddingMask.isKnown(code)) {
      Expression there = code.input(PaddingMask.at(code));
      from = code.op("Add", from, spread(PaddingMask.hidden(there, code), code));
    }
    return over("ReduceMax", from, code);
  }
}

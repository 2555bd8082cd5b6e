package io.github.torchscribe.processor.layer.basic;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Precision;
import java.util.Optional;

/** {@code @MaxOver}: the largest number of one dimension. */
final class MaxOverLayer extends OverOne {
  MaxOverLayer(Written written, Report report) {
    super(written);
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.empty();
  }

  @Override
  public void forward(ForwardCode code) {
    Expression to = code.output();
    Expression from = code.input();
    code.step( // only backward wants to know where the largest were
        call("max_out", to, found(code), from, at(code), keepdim()),
        call("amax_out", to, from, code.longs("dim", at(code)), keepdim()));
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
    return call("max", code.input(), at(code), keepdim()).call("get0");
  }
}

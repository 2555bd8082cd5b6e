package io.github.torchscribe.processor.layer.basic;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Sums;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code @MeanOver}: the mean of one dimension. */
final class MeanOverLayer extends OverOne {
  MeanOverLayer(Written written, Report report) {
    super(written);
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(
        call(
            "mean_out",
            code.output(),
            code.input(),
            code.longs("dim", at(code)),
            keepdim(),
            Sums.sameType(code)));
  }

  /** Each place gets the same part. */
  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      Expression part = call("filled", 1.0 / places(code), spread(code));
      Expression gradient = whereItWas(code.outputGradient(), code);
      code.step(call("mul_out", code.inputGradient(), gradient, code.perBatch("part", part)));
    }
  }

  /** As long as the dimension, and one for whatever comes behind it. */
  private List<Long> spread(ModelCode code) {
    List<Long> sizes = new ArrayList<>(List.of(places(code)));
    sizes.addAll(Collections.nCopies(code.inputShape().rank() - at(code), 1L));
    return sizes;
  }

  @Override
  public Expression autograd(AutogradCode code) {
    Expression sameType = create(Types.SCALAR_TYPE_OPTIONAL);
    return code.input().call("mean", code.longs("dim", at(code)), keepdim(), sameType);
  }
}

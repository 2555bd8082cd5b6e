package io.github.torchscribe.processor.layer.basic;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.PaddingMask;
import io.github.torchscribe.processor.layer.Sums;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
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
    if (PaddingMask.isKnown(code)) {
      Expression isThere = code.input(PaddingMask.at(code));
      Expression weights = weights(code);
      Expression count = code.kept("count", Shape.of(1));
      Expression overPlaces = code.longs("dim", 1);
      code.part(
          call("sum_out", count, isThere, overPlaces, true, Sums.sameType(code)),
          "how many places are there");
      code.part(call("div_out", weights, isThere, count), "what each is weighed by");
      Expression rows = code.perBatch("weightRows", weights.call("view", N, 1, places(code)));
      Expression output = code.perBatch("sums", code.output().call("view", N, 1, behind(code)));
      Expression input = code.input().call("reshape", N, places(code), behind(code));
      code.step(call("bmm_out", output, rows, input));
      return;
    }
    code.step(
        call(
            "mean_out",
            code.output(),
            code.input(),
            code.longs("dim", at(code)),
            keepdim(),
            Sums.sameType(code)));
  }

  private static Expression weights(PassCode code) {
    return code.kept("weights", code.inputShape(PaddingMask.at(code)));
  }

  /** How many numbers each place has. */
  private long behind(ModelCode code) {
    return code.inputShape().elements() / places(code);
  }

  /** Each place gets the same part, unless it is padding. */
  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient() && PaddingMask.isKnown(code)) {
      Expression to = code.inputGradient().call("view", N, places(code), behind(code));
      Expression gradient = code.outputGradient().call("view", N, 1, behind(code));
      code.step(call("mul_out", to, weights(code).call("view", N, -1, 1), gradient));
    } else if (code.wantsInputGradient()) {
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
    if (PaddingMask.isKnown(code)) {
      return call("meanOfThere", code.input(), code.input(PaddingMask.at(code)), keepdim());
    }
    Expression sameType = create(Types.SCALAR_TYPE_OPTIONAL);
    return code.input().call("mean", code.longs("dim", at(code)), keepdim(), sameType);
  }

  @Override
  public Expression onnx(OnnxCode code) {
    if (!PaddingMask.isKnown(code)) {
      return over("ReduceMean", code.input(), code);
    }
    Expression there = code.input(PaddingMask.at(code));
    Expression weights = code.op("Div", there, code.op("ReduceSum", there, code.integers(1)));
    return over("ReduceSum", code.op("Mul", code.input(), spread(weights, code)), code);
  }
}

package io.github.torchscribe.processor.layer.convolution;

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
import io.github.torchscribe.processor.message.Report;
import java.util.Collections;
import java.util.List;

/** The mean of each window. */
abstract class AvgPool extends Pool {
  private final boolean countIncludePad;

  AvgPool(Written written, int dims, Report report) {
    super(written, dims, report);
    countIncludePad = written.flag("countIncludePad");
  }

  @Override
  public final void forward(ForwardCode code) {
    code.step(
        call(
            function("avg") + "_out",
            seenOutput(code),
            seen(code.input()),
            geometry(code),
            noDivisor(code)));
  }

  @Override
  public final void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(
          call(
              dims() <= 2 && pads() ? "paddedMeansBackward" : function("avg") + "_backward_out",
              seen(code.inputGradient()),
              seen(code.outputGradient()),
              seen(code.input()),
              geometry(code),
              noDivisor(code)));
    }
  }

  private static Expression noDivisor(PassCode code) {
    return code.perBatch("noDivisor", create(Types.LONG_OPTIONAL));
  }

  @Override
  public final Expression autograd(AutogradCode code) {
    Expression noDivisor = create(Types.LONG_OPTIONAL);
    return unseen(call(function("avg"), seen(code.input()), geometry(code), noDivisor));
  }

  private List<Object> geometry(ModelCode code) {
    return List.of(window(code), ceil(), countIncludePad);
  }

  @Override
  public final Expression onnx(OnnxCode code) {
    Expression means =
        windows("AveragePool", code).call("with", "count_include_pad", countIncludePad ? 1 : 0);
    for (int i = 0; countIncludePad && i < dims(); i++) {
      double factor = ofTheLast(i, code);
      if (factor != 1) {
        long count = code.outputShape().sizes().get(i + 1);
        List<Integer> behind = Collections.nCopies(dims() - i - 1, 1);
        means = code.op("Mul", means, call("ofTheLast", factor, count, behind));
      }
    }
    return means;
  }
}

package io.github.torchscribe.processor.layer.norm;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.layer.Sums;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** {@code @RMSNorm}: y = x/√(mean(x²) + eps)·weight over the last dimensions. */
final class RmsNormLayer extends Norm {
  /** What PyTorch takes where none is stated. */
  private static final double SMALLEST_STEP = Math.pow(2, -23);

  private final NormalizedShape shape;

  RmsNormLayer(Written written, Report report) {
    super(written, eps(written, report), written.flag("elementwiseAffine"), false);
    shape = new NormalizedShape(written);
  }

  private static double eps(Written written, Report report) {
    double stated = written.checked("eps", "at least 0", e -> e >= 0 && Double.isFinite(e), report);
    return stated == 0 ? SMALLEST_STEP : stated;
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    shape.check(incoming, report);
    return incoming.shape();
  }

  @Override
  public Places places(List<Shape> inputs) {
    return shape.places(inputs.get(0));
  }

  @Override
  Shape affine(Shape input) {
    return shape.of(input);
  }

  /** r = 1/√(mean(x²) + eps), x̂ = x·r, y = x̂·weight. */
  @Override
  public void forward(ForwardCode code) {
    Expression rstd = rstd(code);
    Expression normed = code.kept("normed", code.inputShape());
    Expression input = code.input();
    code.step(call("mean_out", rstd, input.call("square"), dims(code), true, Sums.sameType(code)));
    code.step(rstd.call("add_", code.scalar("eps", eps())).call("rsqrt_"));
    code.step(call("mul_out", normed, input, rstd));
    code.step(weighted(code.output(), normed, code));
  }

  /** Puts values into their place, times the weight where there is one. */
  private Expression weighted(Expression to, Expression values, PassCode code) {
    return hasWeight()
        ? call("mul_out", to, values, code.parameter("weight"))
        : to.call("copy_", values);
  }

  /** With g the gradient times weight: r·(g − x̂·mean(g·x̂)). */
  @Override
  public void backward(BackwardCode code) {
    Expression normed = code.kept("normed", code.inputShape());
    if (code.wantsGradient("weight")) {
      Expression to = code.gradient("weight");
      Expression all = code.outputGradient().call("mul", normed);
      Expression examples = code.longs("examples", others(code.inputShape()));
      code.step(call("sum_out", to, all, examples, false, Sums.sameType(code)));
      code.hasGradient("weight");
    }
    if (code.wantsInputGradient()) {
      Expression gradient = code.inputGradient();
      code.step(weighted(gradient, code.outputGradient(), code));
      Expression dims = dims(code);
      Expression mean = gradient.call("mul", normed).call("mean", dims, true, Sums.sameType(code));
      code.step(gradient.call("addcmul_", normed, mean, code.scalar("minusOne", -1)));
      code.step(gradient.call("mul_", rstd(code)));
    }
  }

  private Expression rstd(PassCode code) {
    return code.kept("rstd", shape.statistics(code.inputShape()));
  }

  private Expression dims(PassCode code) {
    int rank = shape.of(code.inputShape()).rank();
    long[] dims = new long[rank];
    Arrays.setAll(dims, i -> i - rank);
    return code.longs("normalizedDims", dims);
  }

  /** The dimensions that are not normalised, with the batch. */
  private long[] others(Shape input) {
    long[] dims = new long[input.rank() + 1 - shape.of(input).rank()];
    Arrays.setAll(dims, i -> i);
    return dims;
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call(
        "rms_norm",
        code.input(),
        shape.constant(code),
        weight(code),
        create(Types.DOUBLE_OPTIONAL, eps()));
  }

  @Override
  public Expression onnx(OnnxCode code) {
    int rank = shape.of(code.inputShape()).rank();
    List<Integer> dims = IntStream.range(0, rank).mapToObj(i -> i - rank).toList();
    Expression squares = code.op("Mul", code.input(), code.input());
    Expression mean = code.op("ReduceMean", squares, code.integers(dims));
    Expression root = code.op("Sqrt", code.op("Add", mean, code.number(eps())));
    Expression normed = code.op("Div", code.input(), root);
    return hasWeight() ? code.op("Mul", normed, scale(code)) : normed;
  }
}

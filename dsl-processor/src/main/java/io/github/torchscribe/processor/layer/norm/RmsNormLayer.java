package io.github.torchscribe.processor.layer.norm;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Sums;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Arrays;

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
  Shape affine(Shape input) {
    return shape.of(input);
  }

  /** r = 1/√(mean(x²) + eps), x̂ = x·r, y = x̂·weight. */
  @Override
  public void forward(ForwardCode code) {
    String rstd = rstd(code);
    String normed = code.kept("normed", code.inputShape());
    String input = code.input();
    code.step(
        "mean_out("
            + rstd
            + ", "
            + input
            + ".square(), "
            + dims(code)
            + ", true, "
            + Sums.sameType(code)
            + ")");
    code.step(rstd + ".add_(" + code.scalar("eps", eps()) + ").rsqrt_()");
    code.step("mul_out(" + normed + ", " + input + ", " + rstd + ")");
    code.step(
        hasWeight()
            ? "mul_out(" + code.output() + ", " + normed + ", " + code.parameter("weight") + ")"
            : code.output() + ".copy_(" + normed + ")");
  }

  /** With g the gradient times weight: r·(g − x̂·mean(g·x̂)). */
  @Override
  public void backward(BackwardCode code) {
    String normed = code.kept("normed", code.inputShape());
    if (hasWeight()) {
      code.step(
          "sum_out("
              + code.gradient("weight")
              + ", "
              + code.outputGradient()
              + ".mul("
              + normed
              + "), "
              + code.longs("examples", others(code.inputShape()))
              + ", false, "
              + Sums.sameType(code)
              + ")");
      code.hasGradient("weight");
    }
    if (code.wantsInputGradient()) {
      String gradient = code.inputGradient();
      code.step(
          hasWeight()
              ? "mul_out("
                  + gradient
                  + ", "
                  + code.outputGradient()
                  + ", "
                  + code.parameter("weight")
                  + ")"
              : gradient + ".copy_(" + code.outputGradient() + ")");
      code.step(
          gradient
              + ".addcmul_("
              + normed
              + ", "
              + gradient
              + ".mul("
              + normed
              + ").mean("
              + dims(code)
              + ", true, "
              + Sums.sameType(code)
              + "), "
              + code.scalar("minusOne", -1)
              + ")");
      code.step(gradient + ".mul_(" + rstd(code) + ")");
    }
  }

  private String rstd(PassCode code) {
    return code.kept("rstd", shape.statistics(code.inputShape()));
  }

  private String dims(PassCode code) {
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
  public String autograd(AutogradCode code) {
    long[] sizes =
        shape.of(code.inputShape()).sizes().stream().mapToLong(Long::longValue).toArray();
    return "rms_norm("
        + code.input()
        + ", "
        + code.longs("normalized", sizes)
        + ", "
        + optionalWeight(code)
        + ", new DoubleOptional("
        + eps()
        + "))";
  }
}

package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Numbers;
import io.github.torchscribe.processor.message.Report;
import java.util.List;
import java.util.Set;

/** {@code @GaussianNLLLoss}: ½·(ln v + (m − y)²/v). */
final class GaussianNll extends Comparison {
  /** ½·ln 2π. */
  private static final double CONSTANT = Math.log(2 * Math.PI) / 2;

  private static final Reading VARIANCES =
      new Reading("variances, of which none is below 0", Set.of(Numbers.ANY), "@Softplus");

  private final boolean full;
  private final double eps;

  GaussianNll(Written written, Report report) {
    super(written, 2);
    full = written.flag("full");
    eps = written.checked("eps", "a number above 0", e -> e > 0 && Double.isFinite(e), report);
  }

  @Override
  public Reading reading(int which) {
    return which == 1 ? VARIANCES : Reading.ANY;
  }

  @Override
  public Expression targets() {
    return call(Types.TENSOR_SPEC, "numbers", shape());
  }

  @Override
  public void forward(LossCode code) {
    Expression variance = code.kept("atLeastEps", shape());
    Expression off = code.kept("off", shape());
    Expression given = call("variances", code.output(1));
    code.step(call("clamp_min_out", variance, given, scalar("eps", eps, code)), "v");
    code.step(call("sub_out", off, code.output(0), code.target()), "m − y");
    Expression each = off.call("square").call("div_", variance);
    Expression mean = each.call("add_", variance.call("log")).call("mean");
    Expression half = mean.call("mul_", scalar("half", 0.5, code));
    code.step(
        code.result()
            .call("copy_", full ? half.call("add_", scalar("constant", CONSTANT, code)) : half),
        "mean over all");
  }

  @Override
  public void backward(LossCode code) {
    Expression variance = code.kept("atLeastEps", shape());
    Expression off = code.kept("off", shape());
    code.step(off.call("div_", variance), "(m − y) / v");
    if (code.wantsOutputGradient(0)) {
      Expression gradient = code.outputGradient(0);
      code.step(gradient.call("copy_", off), "of the mean");
      code.step(gradient.call("mul_", share(shape(), 1, code)), "/ all numbers");
    }
    if (code.wantsOutputGradient(1)) {
      Expression gradient = code.outputGradient(1);
      code.step(call("reciprocal_out", gradient, variance), "1 / v");
      code.step(gradient.call("sub_", off.call("square_")), "− (m − y)² / v²");
      code.step(gradient.call("mul_", scalar("half", 0.5, code)), "/ 2");
      code.step(gradient.call("mul_", share(shape(), 1, code)), "/ all numbers");
    }
  }

  @Override
  public Expression autograd(List<Expression> outputs, Expression target, List<Object> which) {
    Expression given = outputs.get(1);
    // Where it is less, the gradient is that of eps, as if nothing had been done to it.
    Expression least = call("variances", given).call("clamp_min", scalarOf(eps));
    Expression lacking = least.call("sub", given).call("detach");
    Expression variance = given.call("add", lacking);
    Expression off = outputs.get(0).call("sub", target);
    Expression each = off.call("square").call("div", variance).call("add", variance.call("log"));
    Expression half = each.call("mean").call("mul", scalarOf(0.5));
    return full ? half.call("add", scalarOf(CONSTANT)) : half;
  }

  private static Expression scalarOf(double value) {
    return create(Types.SCALAR, value);
  }

  @Override
  public String formula() {
    return "mean of (ln v + (mean − target)² / v) / 2" + (full ? " + (ln 2π) / 2" : "");
  }
}

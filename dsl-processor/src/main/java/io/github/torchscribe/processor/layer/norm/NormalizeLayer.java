package io.github.torchscribe.processor.layer.norm;

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
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Dimension;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.layer.Sums;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** {@code @Normalize}: y = x / max(‖x‖ₚ, eps) over one dimension. */
final class NormalizeLayer extends Layer {
  private final Dimension dim;
  private final double p;
  private final double eps;

  NormalizeLayer(Written written, Report report) {
    super(written);
    dim = new Dimension(written);
    p = written.checked("p", "at least 1", n -> n >= 1 && Double.isFinite(n), report);
    eps = written.checked("eps", "a number above 0", e -> e > 0 && Double.isFinite(e), report);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    dim.isIn(incoming.shape(), report);
    return incoming.shape();
  }

  @Override
  public Places places(List<Shape> inputs) {
    return dim.of(inputs.get(0)) == 0 ? Places.MIXED : Places.KEPT;
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.OUTPUT;
  }

  @Override
  public void forward(ForwardCode code) {
    Expression divisor = divisor(code);
    Expression type = Sums.sameType(code);
    Expression in = code.input();
    code.part(
        call("linalg_vector_norm_out", divisor, in, code.scalar("p", p), at(code), true, type),
        "‖x‖");
    code.part(divisor.call("clamp_min_", code.scalar("eps", eps)), "max(‖x‖, eps)");
    code.step(call("div_out", code.output(), in, divisor));
  }

  private Expression at(ModelCode code) {
    return code.longs("dim", dim.of(code.inputShape()) + 1);
  }

  private Expression divisor(PassCode code) {
    return code.kept("divisor", dim.resized(code.inputShape(), 1));
  }

  /** With u = y for the length, sign(y)·|y|ᵖ⁻¹ for others: (g − u·Σ g·y) / max(‖x‖, eps). */
  @Override
  public void backward(BackwardCode code) {
    if (!code.wantsInputGradient()) {
      return;
    }
    Expression to = code.inputGradient();
    Expression divisor = divisor(code);
    Expression gradient = code.outputGradient();
    code.part(call("mul_out", to, gradient, code.output()), "g·y");
    Expression along = Sums.over(dim.stated(), to, code);
    Expression divides = divisor.call("gt", code.scalar("eps", eps));
    code.part(
        call("mul_out", to, along(code), along.call("mul_", divides)),
        "along y, but where eps divides");
    code.part(call("sub_out", to, gradient, to), "across y");
    code.step(to.call("div_", divisor));
  }

  /** How the norm grows with each number. */
  private Expression along(BackwardCode code) {
    Expression y = code.output();
    if (p == 2) {
      return y;
    }
    return p == 1
        ? y.call("sign")
        : y.call("abs").call("pow_", code.scalar("rest", p - 1)).call("mul_", y.call("sign"));
  }

  @Override
  public Expression autograd(AutogradCode code) {
    Expression type = create(Types.SCALAR_TYPE_OPTIONAL);
    Expression norm =
        call("linalg_vector_norm", code.input(), create(Types.SCALAR, p), at(code), true, type);
    return code.input().call("div", norm.call("clamp_min", create(Types.SCALAR, eps)));
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("Div", code.input(), code.op("Max", norm(code), code.number(eps)));
  }

  private Expression norm(OnnxCode code) {
    Expression at = code.integers(dim.of(code.inputShape()) + 1);
    if (p == 1 || p == 2) {
      return code.op(p == 1 ? "ReduceL1" : "ReduceL2", code.input(), at);
    }
    Expression powers = code.op("Pow", code.op("Abs", code.input()), code.number(p));
    return code.op("Pow", code.op("ReduceSum", powers, at), code.number(1 / p));
  }
}

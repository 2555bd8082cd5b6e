package io.github.torchscribe.processor.layer.norm;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/**
 * {@code @LocalResponseNorm}: y = x·s^(−beta) with s = k + A·x², where row c of the matrix A has
 * alpha/size at the channels around c.
 */
final class LocalResponseNormLayer extends Layer {
  private final long size;
  private final double alpha;
  private final double beta;
  private final double k;

  LocalResponseNormLayer(Written written, Report report) {
    super(written);
    size = (long) written.checked("value", "at least 1", v -> v >= 1, report);
    alpha = atLeastZero("alpha", report);
    beta = atLeastZero("beta", report);
    k = written.checked("k", "a number above 0", v -> v > 0 && Double.isFinite(v), report);
  }

  private double atLeastZero(String member, Report report) {
    String must = "a finite number of at least 0";
    return written().checked(member, must, v -> v >= 0 && Double.isFinite(v), report);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    return Channels.of(written(), incoming, List.of(2, 3, 4), "(N, C, *)", report);
  }

  @Override
  public BackwardReads backwardReads() {
    return new BackwardReads(true, true, false, false);
  }

  @Override
  public void forward(ForwardCode code) {
    Expression scale = scale(code);
    Expression to = code.output();
    code.part(call("mul_out", to, code.input(), code.input()), "squares");
    Expression squares = code.perBatch("squares", inRows(to));
    Expression sums = code.perBatch("sums", inRows(scale));
    code.part(call("matmul_out", sums, around(code), squares), "of the channels around");
    code.part(scale.call("add_", code.scalar("k", k)), "scale");
    code.part(call("pow_out", to, scale, code.scalar("minusBeta", -beta)), "its power");
    code.step(to.call("mul_", code.input()));
  }

  /** g·s^(−beta) − 2·beta·x·Aᵀ(g·y/s). */
  @Override
  public void backward(BackwardCode code) {
    if (!code.wantsInputGradient()) {
      return;
    }
    Expression to = code.inputGradient();
    code.part(call("mul_out", to, code.outputGradient(), code.output()), "g·y");
    code.part(to.call("div_", scale(code)), "g·y/s");
    Expression transposed = code.perBatch("aroundT", around(code).call("t"));
    Expression sum = transposed.call("matmul", inRows(to)).call("view_as", to);
    Expression sums = code.temporary("others", Types.TENSOR, sum);
    Expression power = call("pow_out", to, scale(code), code.scalar("minusBeta", -beta));
    code.part(power, "s^(−beta)");
    code.part(to.call("mul_", code.outputGradient()), "of the channel itself");
    code.step(to.call("addcmul_", code.input(), sums, code.scalar("minusTwoBeta", -2 * beta)));
  }

  /** s. */
  private static Expression scale(PassCode code) {
    return code.kept("scale", code.inputShape());
  }

  /** A. */
  private Expression around(PassCode code) {
    long channels = code.inputShape().first();
    return code.perBatch("around", call("neighbours", channels, size, alpha / size));
  }

  /** Each channel as a row. */
  private static Expression inRows(Expression tensor) {
    return tensor.call("flatten", 2, -1);
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("localResponseNorm", code.input(), size, alpha, beta, k);
  }

  @Override
  public Expression onnx(OnnxCode code) {
    Shape input = code.inputShape();
    Expression around = call("neighbours", input.first(), size, alpha / size);
    Expression squares = code.op("Mul", code.input(), code.input());
    Expression sums = code.op("MatMul", around, code.reshaped(squares, input.first(), -1));
    Expression scale = code.op("Add", code.reshaped(sums, input), code.number(k));
    return code.op("Div", code.input(), code.op("Pow", scale, code.number(beta)));
  }
}

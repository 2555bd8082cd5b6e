package io.github.torchscribe.processor.layer.meeting;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Dimension;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Sums;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * {@code @CosineSimilarity}: with u = a/max(‖a‖, eps), v of b likewise and y = u·v, the gradient of
 * a is (v − y·a/‖a‖) / max(‖a‖, eps).
 */
final class CosineSimilarityLayer extends OfTwo {
  /** What no vector's length is below but that of 0, whose gradient libtorch takes for 0. */
  private static final double TINY = 1e-30;

  private final Dimension dim;
  private final double eps;

  CosineSimilarityLayer(Written written, Report report) {
    super(written);
    dim = new Dimension(written);
    eps = written.checked("eps", "a number above 0", e -> e > 0 && Double.isFinite(e), report);
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.of(Precision.FULL);
  }

  @Override
  Shape together(List<Incoming> incoming, Report report) {
    Shape left = incoming.get(0).shape();
    Shape right = incoming.get(1).shape();
    if (!left.fits(right)) {
      return apart(Message.NOT_COMPARED, incoming, report);
    }
    Shape both = left.with(right);
    return dim.isIn(both, report) ? dim.removed(both) : Shape.ANY;
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.OUTPUT;
  }

  @Override
  public void forward(ForwardCode code) {
    Expression dims = code.longs("dim", at(code));
    for (int i = 0; i < 2; i++) {
      Expression in = code.input(i);
      code.part(
          call(
              "linalg_vector_norm_out",
              length(i, code),
              in,
              code.scalar("two", 2),
              dims,
              true,
              Sums.sameType(code)),
          "length");
      code.part(call("div_out", unit(i, code), in, divisor(i, code)), "of length 1");
    }
    Expression products = unit(0, code).call("mul", unit(1, code));
    code.step(call("sum_out", code.output(), products, dims, false, Sums.sameType(code)));
  }

  /** The dimension, counted with the batch. */
  private int at(PassCode code) {
    return dim.of(code.inputShape()) + 1;
  }

  private static Expression unit(int which, PassCode code) {
    return code.kept("unit" + (which + 1), code.inputShape());
  }

  private Expression length(int which, PassCode code) {
    return code.kept("length" + (which + 1), dim.resized(code.inputShape(), 1));
  }

  private Expression divisor(int which, PassCode code) {
    return length(which, code).call("clamp_min", code.scalar("eps", eps));
  }

  @Override
  public void backward(BackwardCode code) {
    Expression cosine = code.output().call("unsqueeze", at(code));
    Expression gradient = code.outputGradient().call("unsqueeze", at(code));
    for (int i = 0; i < 2; i++) {
      if (code.wantsInputGradient(i)) {
        Expression to = code.inputGradient(i);
        Expression own = length(i, code).call("clamp_min", code.scalar("tiny", TINY));
        Expression along = divisor(i, code).call("div_", own).call("mul_", cosine);
        code.part(call("mul_out", to, unit(i, code), along), "y·a/‖a‖");
        code.part(call("sub_out", to, unit(1 - i, code), to), "v − y·a/‖a‖");
        code.step(to.call("mul_", call("div", gradient, divisor(i, code))));
      }
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("cosine_similarity", code.input(), code.input(1), dim.stated(), eps);
  }

  @Override
  public Expression onnx(OnnxCode code) {
    Expression products = code.op("Mul", unit(0, code), unit(1, code));
    Expression at = code.integers(dim.of(code.inputShape()) + 1);
    return code.op("ReduceSum", products, at).call("with", "keepdims", 0);
  }

  private Expression unit(int which, OnnxCode code) {
    Expression in = code.input(which);
    Expression length = code.op("ReduceL2", in, code.integers(dim.of(code.inputShape()) + 1));
    return code.op("Div", in, code.op("Max", length, code.number(eps)));
  }
}

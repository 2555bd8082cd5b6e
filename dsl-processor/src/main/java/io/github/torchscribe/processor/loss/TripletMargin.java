package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.longs;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/**
 * {@code @TripletMarginLoss}: max(0, d(a, p) − d(a, n) + margin), or with the nearer of d(a, n) and
 * d(p, n).
 */
final class TripletMargin extends Comparison {
  private static final int ANCHOR = 0;
  private static final int POSITIVE = 1;
  private static final int NEGATIVE = 2;

  /** What no distance is below that somebody divides by. */
  private static final double TINY = 1e-30;

  private final double margin;
  private final double p;
  private final double eps;
  private final boolean swap;

  TripletMargin(Written written, Report report) {
    super(written, NEGATIVE + 1);
    margin =
        written.checked("margin", "a number above 0", m -> m > 0 && Double.isFinite(m), report);
    p = written.checked("p", "at least 1", v -> v >= 1 && Double.isFinite(v), report);
    eps = written.checked("eps", "at least 0", e -> e >= 0 && Double.isFinite(e), report);
    swap = written.flag("swap");
  }

  @Override
  void checkShape(Incoming first, Report report) {
    if (!shape().open() && shape().rank() < 1) {
      report.say(
          Message.LOSS_DOES_NOT_FIT,
          written().at(),
          name(),
          "(N, *, E)",
          first.from(),
          shape(),
          "it measures how far vectors are apart");
    }
  }

  @Override
  public Expression targets() {
    return NO_TARGETS;
  }

  @Override
  public void forward(LossCode code) {
    measure("toPositive", ANCHOR, POSITIVE, code);
    measure("toNegative", ANCHOR, NEGATIVE, code);
    Expression away = distance("toNegative", code);
    if (swap) {
      measure("between", POSITIVE, NEGATIVE, code);
      away = call("minimum", away, distance("between", code));
    }
    Expression over = code.kept("over", places());
    code.step(call("sub_out", over, distance("toPositive", code), away), "how much farther");
    code.step(over.call("add_", scalar("margin", margin, code)), "+ margin");
    hinge(over, code);
  }

  private void measure(String name, int from, int to, LossCode code) {
    Expression difference = difference(name, code);
    code.step(call("sub_out", difference, code.output(from), code.output(to)), name);
    code.step(difference.call("add_", scalar("eps", eps, code)), "+ eps");
    code.step(
        call(
            "linalg_vector_norm_out",
            distance(name, code),
            difference,
            scalar("p", p, code),
            longs(-1),
            false,
            code.always("sameType", create(Types.SCALAR_TYPE_OPTIONAL))),
        "distance");
  }

  private Expression difference(String name, LossCode code) {
    return code.kept(name + "Difference", shape());
  }

  private Expression distance(String name, LossCode code) {
    return code.kept(name + "Distance", places());
  }

  @Override
  public void backward(LossCode code) {
    Expression over = code.kept("over", places());
    code.step(call("ge_out", over, over, scalar("zero", 0, code)), "1 where it counts");
    code.step(over.call("mul_", share(places(), 1, code)), "/ all of them");
    direct("toPositive", over, code);
    if (swap) {
      // Of what is equally near each gets half.
      Expression nearer = distance("between", code).call("sub", distance("toNegative", code));
      Expression one = scalar("one", 1, code);
      Expression weight =
          nearer.call("sign_").call("add_", one).call("mul_", scalar("half", 0.5, code));
      Expression direct = code.local("ofNegative", weight.call("mul_", over), "the nearer's");
      direct("toNegative", direct, code);
      direct("between", over.call("sub_", direct), code);
    } else {
      direct("toNegative", over, code);
    }
    Expression toPositive = difference("toPositive", code);
    Expression toNegative = difference("toNegative", code);
    if (code.wantsOutputGradient(ANCHOR)) {
      code.step(
          call("sub_out", code.outputGradient(ANCHOR), toPositive, toNegative), "of the anchor");
    }
    if (code.wantsOutputGradient(POSITIVE)) {
      Expression gradient = code.outputGradient(POSITIVE);
      code.step(call("neg_out", gradient, toPositive), "of the positive");
      if (swap) {
        code.step(gradient.call("sub_", difference("between", code)), "away from the negative");
      }
    }
    if (code.wantsOutputGradient(NEGATIVE)) {
      Expression gradient = code.outputGradient(NEGATIVE);
      code.step(gradient.call("copy_", toNegative), "of the negative");
      if (swap) {
        code.step(gradient.call("add_", difference("between", code)), "away from the positive");
      }
    }
  }

  /** Makes of a difference the gradient of its norm: sign(z)·(|z| / ‖z‖)^(p − 1). */
  private void direct(String name, Expression gradient, LossCode code) {
    Expression z = difference(name, code);
    Expression norm =
        distance(name, code).call("clamp_min", scalar("tiny", TINY, code)).call("unsqueeze_", -1);
    if (p == 1) {
      code.step(z.call("sign_"), "where it points");
    } else if (p == 2) {
      code.step(z.call("div_", norm), "where it points");
    } else {
      Expression power = scalar("pLessOne", p - 1, code);
      code.step(
          z.call(
              "copy_",
              z.call("sign").call("mul_", z.call("abs").call("div_", norm).call("pow_", power))),
          "where it points");
    }
    code.step(z.call("mul_", gradient.call("unsqueeze", -1)), "gradient of the difference");
  }

  @Override
  public Expression autograd(List<Expression> outputs, Expression target, List<Object> which) {
    return call("triplet_margin_loss", outputs, margin, p, eps, swap, MEAN);
  }

  @Override
  public String formula() {
    return "mean of max(0, d(anchor, positive) − "
        + (swap ? "min(d(anchor, negative), d(positive, negative))" : "d(anchor, negative)")
        + " + margin)";
  }
}

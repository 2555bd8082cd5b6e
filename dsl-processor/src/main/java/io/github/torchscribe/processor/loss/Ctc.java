package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.TOTAL;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.lambda;
import static io.github.torchscribe.processor.code.Expressions.toDouble;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Optional;

/** {@code @CTCLoss}, whose gradient libtorch shows to its autograd alone. */
final class Ctc extends Loss {
  private final long stated;
  private final long blank;
  private final boolean zeroInfinity;
  private final boolean mask;
  private Shape output = Shape.of(1, 1);

  Ctc(Written written, Report report) {
    super(written);
    stated = (long) written.checked("targetLength", "at least 0", v -> v >= 0, report);
    blank = (long) written.checked("blank", "at least 0", v -> v >= 0, report);
    zeroInfinity = written.flag("zeroInfinity");
    mask = written.flag("mask");
  }

  @Override
  public Optional<Layer> leavesPaddingOut() {
    return mask ? Optional.of(new BlankPaddingLayer(written(), blank)) : Optional.empty();
  }

  @Override
  public boolean takesRawScores() {
    return false;
  }

  @Override
  public Reading reading(int which) {
    return Reading.LOG_PROBABILITIES;
  }

  /** Its gradient comes from a pass that is recorded as a whole. */
  @Override
  public boolean isDivisible() {
    return false;
  }

  @Override
  protected void check(Incoming incoming, Report report) {
    output = incoming.shape().ofRank(2);
    if (!incoming.shape().open() && incoming.shape().rank() != 2) {
      report.say(
          Message.LOSS_DOES_NOT_FIT,
          written().at(),
          name(),
          "(N, T, C)",
          incoming.from(),
          incoming.shape(),
          "it finds a text in a sequence of classes");
      return;
    }
    require("blank", blank, output.last() - 1, output.last(), report);
    require("targetLength", stated, output.first(), output.first(), report);
  }

  private void require(String member, long value, long most, long known, Report report) {
    if (known != Shape.UNKNOWN && value > most) {
      report.say(
          Message.OUT_OF_RANGE, written().at(member), member, name(), "at most " + most, value);
    }
  }

  @Override
  public Expression targets() {
    long length = stated == 0 ? output.first() : stated;
    return call(Types.TENSOR_SPEC, "indices", output.last(), length)
        .call("within", output.first(), blank);
  }

  @Override
  public String decision() {
    return "NONE";
  }

  @Override
  public void forward(LossCode code) {
    Expression recorded = lambda("x", autograd(new Expression.Name("x"), code.target()));
    code.step(
        code.recording().call("forward", code.result(), code.output(), recorded), "mean over n");
  }

  @Override
  public void backward(LossCode code) {
    Expression part = code.perBatch("part", call("filled", toDouble(N).over(TOTAL)));
    code.step(code.recording().call("backward", part, code.outputGradient()), "by autograd");
  }

  @Override
  public Expression autograd(Expression output, Expression target) {
    return call("ctc", output, target, blank, zeroInfinity);
  }

  @Override
  public String formula() {
    return "mean of −ln of the probability of target, over all ways to write it, / its length";
  }
}

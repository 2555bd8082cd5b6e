package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.TOTAL;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.number;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** Losses of several values of one shape. */
abstract class Comparison extends Loss {
  /** libtorch's name of the mean. */
  static final int MEAN = 1;

  private final int values;
  private Shape shape = Shape.of(1);

  /**
   * A loss.
   *
   * @param values how many it reads
   */
  Comparison(Written written, int values) {
    super(written);
    this.values = values;
  }

  @Override
  public final int values() {
    return values;
  }

  @Override
  public final boolean takesRawScores() {
    return false;
  }

  @Override
  public final String decision() {
    return "NONE";
  }

  @Override
  public final void check(List<Incoming> outputs, Report report) {
    Incoming first = outputs.get(0);
    shape = first.shape();
    for (Incoming other : outputs.subList(1, outputs.size())) {
      if (!shape.fits(other.shape())) {
        report.say(
            Message.NOT_COMPARED,
            written().at(),
            name(),
            shape,
            first.from(),
            other.shape(),
            other.from());
        return;
      }
    }
    checkShape(first, report);
  }

  /** Checks what shape all have. */
  void checkShape(Incoming first, Report report) {}

  /** What shape all have, for one example. */
  final Shape shape() {
    return shape;
  }

  /** The same without the last dimension. */
  final Shape places() {
    return new Shape(shape.sizes().subList(0, shape.rank() - 1));
  }

  /** One over how many numbers the mean is of, in the whole batch. */
  static Expression share(Shape each, double sign, LossCode code) {
    Expression count = each.elements() == 1 ? TOTAL : TOTAL.times(each.elements());
    return code.perBatch("share", create(Types.SCALAR, number(sign).over(count)));
  }

  /** A number as libtorch takes it. */
  static Expression scalar(String name, double value, LossCode code) {
    return code.always(name, create(Types.SCALAR, value));
  }

  /** Puts the mean of what is above 0 into the loss. */
  static void hinge(Expression over, LossCode code) {
    Expression mean = over.call("clamp_min", scalar("zero", 0, code)).call("mean");
    code.step(code.result().call("copy_", mean), "mean of what is above 0");
  }

  @Override
  public abstract Expression autograd(
      List<Expression> outputs, Expression target, List<Object> which);
}

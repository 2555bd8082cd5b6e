package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.TOTAL;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.lambda;
import static io.github.torchscribe.processor.code.Expressions.toDouble;

import io.github.torchscribe.dsl.nn.Loss.Targets;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.own.OwnMethod;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code @Loss}: a loss of the user's own, whose gradient comes from autograd. */
final class OwnLoss extends Loss {
  private static final int LAST = -1;

  private final Optional<OwnMethod> method;
  private final Targets targets;
  private final boolean last;
  private Shape output = Shape.of(1);

  OwnLoss(Written written, Report report) {
    super(written);
    Written mark = written.own().mark();
    targets = mark.constant("targets", Targets.class, Targets.NUMBERS);
    long dim = mark.number("dim").longValue();
    last = dim == LAST;
    if (dim != 1 && !last) {
      report.say(
          Message.OUT_OF_RANGE,
          written.own().at("dim"),
          "dim",
          written.own().name(),
          "1, or -1 for the last",
          dim);
    }
    String takes = targets == Targets.NONE ? "Tensor output" : "Tensor output, Tensor target";
    method = OwnMethod.find(written, takes, true, report);
    method.ifPresent(
        found -> {
          found.checkVisible(report);
          found.checkNamed(found.tensorsFirst(), Set.of(), report);
          if (targets != Targets.NONE && found.tensorsFirst() == 1) {
            report.say(
                Message.OWN_METHOD,
                written.own().at("value"),
                written.own().name(),
                "loss(" + takes + ", …)",
                found.home(),
                "that takes one Tensor; let the target follow, or state targets = NONE");
          }
        });
  }

  @Override
  public boolean takesRawScores() {
    return false;
  }

  @Override
  public boolean isDivisible() {
    return written().own().mark().flag("divisible");
  }

  @Override
  public int values() {
    int tensors = method.map(OwnMethod::tensorsFirst).orElse(targets == Targets.NONE ? 1 : 2);
    return targets == Targets.NONE ? tensors : Math.max(1, tensors - 1);
  }

  /** Targets are those of the first value. */
  @Override
  public void check(List<Incoming> outputs, Report report) {
    output = outputs.get(0).shape();
    boolean known = !output.open();
    if (targets == Targets.CLASSES && known && (output.rank() == 0 || classes() == 1)) {
      report.say(
          Message.LOSS_DOES_NOT_FIT,
          written().at(),
          name(),
          "(N, C) with C ≥ 2 classes",
          outputs.get(0).from(),
          output,
          "its targets are classes, of which each has a score");
    }
  }

  private boolean byLast() {
    return last && output.rank() > 1;
  }

  private long classes() {
    return last ? output.last() : output.first();
  }

  private List<Long> rest() {
    int rank = output.rank();
    return byLast() ? output.sizes().subList(0, rank - 1) : output.sizes().subList(1, rank);
  }

  @Override
  public Expression targets() {
    return switch (targets) {
      case NONE -> NO_TARGETS;
      case CLASSES -> call(Types.TENSOR_SPEC, "indices", classes(), rest());
      case NUMBERS, YES_OR_NO -> call(Types.TENSOR_SPEC, "numbers", output);
    };
  }

  @Override
  public String decision() {
    return switch (targets) {
      case CLASSES -> byLast() ? "ARGMAX_LAST" : "ARGMAX";
      case YES_OR_NO -> "LOGIT_ABOVE_ZERO";
      case NUMBERS, NONE -> "NONE";
    };
  }

  private Expression value(List<Expression> outputs, Expression target) {
    List<Expression> tensors = new ArrayList<>(outputs);
    if (targets != Targets.NONE) {
      tensors.add(target);
    }
    return method.orElseThrow().call(tensors, List.of(), List.of());
  }

  private Expression recording(LossCode code) {
    return code.always("ownLoss", create(Types.OWN_PIECE, call("isTraining"), label()));
  }

  private String label() {
    return method.orElseThrow().label();
  }

  @Override
  public void forward(LossCode code) {
    List<Expression> read = new ArrayList<>();
    List<Expression> recorded = new ArrayList<>();
    for (int i = 0; i < values(); i++) {
      read.add(code.output(i));
      recorded.add(new Expression.Name("x").call("get", i));
    }
    Expression value = lambda("x", value(recorded, code.target()));
    code.step(recording(code).call("forward", code.result(), value, read), "mean over n");
  }

  @Override
  public void backward(LossCode code) {
    Expression part = code.perBatch("part", call("filled", toDouble(N).over(TOTAL)));
    code.step(recording(code).call("backward", part), "by autograd");
    for (int i = 0; i < values(); i++) {
      if (code.wantsOutputGradient(i)) {
        code.step(recording(code).call("gradient", i, code.outputGradient(i)), "by autograd");
      }
    }
  }

  @Override
  public Expression autograd(List<Expression> outputs, Expression target, List<Object> which) {
    return call(Types.OWN_PIECE, "loss", label(), value(outputs, target), outputs);
  }

  @Override
  public String formula() {
    return label() + ", by autograd";
  }
}

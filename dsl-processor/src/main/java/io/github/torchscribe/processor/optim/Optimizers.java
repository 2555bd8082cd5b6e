package io.github.torchscribe.processor.optim;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;

/** Reads the annotations of optimizers. */
public final class Optimizers {
  private Optimizers() {}

  /** Reads {@code @SGD}. */
  public static Optimizer sgd(Written written, Report report) {
    Values values = new Values(written, report);
    double momentum = values.atLeastZero("momentum");
    double dampening = written.checked("dampening", "a finite number", Double::isFinite, report);
    double weightDecay = values.atLeastZero("weightDecay");
    boolean nesterov = values.flag("nesterov");
    if (nesterov && (momentum <= 0 || dampening != 0)) {
      report.say(Message.NESTEROV, written.at("nesterov"), momentum, dampening);
    }
    return new Optimizer(
        values.construction("Sgd", values.lr(), momentum, dampening, weightDecay, nesterov),
        momentum == 0 && weightDecay == 0,
        true);
  }

  /** Reads {@code @Adam}. */
  public static Optimizer adam(Written written, Report report) {
    return adam(new Values(written, report), false);
  }

  /** Reads {@code @AdamW}. */
  public static Optimizer adamW(Written written, Report report) {
    return adam(new Values(written, report), true);
  }

  private static Optimizer adam(Values values, boolean decoupled) {
    return withMomentum(
        values,
        "Adam",
        values.lr(),
        values.beta(0),
        values.beta(1),
        values.atLeastZero("eps"),
        values.atLeastZero("weightDecay"),
        decoupled,
        values.flag("amsgrad"));
  }

  /** Reads {@code @RMSprop}. */
  public static Optimizer rmsProp(Written written, Report report) {
    Values values = new Values(written, report);
    return withMomentum(
        values,
        "RmsProp",
        values.lr(),
        values.share("alpha"),
        values.atLeastZero("eps"),
        values.atLeastZero("weightDecay"),
        values.atLeastZero("momentum"),
        values.flag("centered"));
  }

  /** Reads {@code @Adagrad}. */
  public static Optimizer adagrad(Written written, Report report) {
    Values values = new Values(written, report);
    return of(
        values,
        "Adagrad",
        values.lr(),
        values.atLeastZero("lrDecay"),
        values.atLeastZero("weightDecay"),
        values.atLeastZero("initialAccumulatorValue"),
        values.atLeastZero("eps"));
  }

  /** Reads {@code @Adadelta}. */
  public static Optimizer adadelta(Written written, Report report) {
    Values values = new Values(written, report);
    return of(
        values,
        "Adadelta",
        values.lr(),
        values.upToOne("rho"),
        values.atLeastZero("eps"),
        values.atLeastZero("weightDecay"));
  }

  /** Reads {@code @NAdam}. */
  public static Optimizer nAdam(Written written, Report report) {
    Values values = new Values(written, report);
    return withMomentum(
        values,
        "NAdam",
        values.lr(),
        values.beta(0),
        values.beta(1),
        values.atLeastZero("eps"),
        values.atLeastZero("weightDecay"),
        values.atLeastZero("momentumDecay"));
  }

  /** Reads {@code @LBFGS}. */
  public static Optimizer lbfgs(Written written, Report report) {
    Values values = new Values(written, report);
    return of(
        values,
        "Lbfgs",
        values.lr(),
        values.atLeast(1, "maxIter"),
        values.atLeastZero("toleranceGrad"),
        values.atLeastZero("toleranceChange"),
        values.atLeast(1, "historySize"));
  }

  private static Optimizer of(Values values, String runtimeClass, Object... arguments) {
    return new Optimizer(values.construction(runtimeClass, arguments), false, false);
  }

  private static Optimizer withMomentum(Values values, String runtimeClass, Object... arguments) {
    return new Optimizer(values.construction(runtimeClass, arguments), false, true);
  }
}

package io.github.torchscribe.processor.optim;

import io.github.torchscribe.dsl.optim.Adadelta;
import io.github.torchscribe.dsl.optim.Adagrad;
import io.github.torchscribe.dsl.optim.Adam;
import io.github.torchscribe.dsl.optim.AdamW;
import io.github.torchscribe.dsl.optim.LBFGS;
import io.github.torchscribe.dsl.optim.NAdam;
import io.github.torchscribe.dsl.optim.Optimizer;
import io.github.torchscribe.dsl.optim.RMSprop;
import io.github.torchscribe.dsl.optim.SGD;
import io.github.torchscribe.processor.code.Expressions;
import io.github.torchscribe.processor.declaration.Kinds;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.own.OwnClass;
import java.util.Optional;

/** Reads the annotations of optimizers. */
public final class Optimizers {
  private Optimizers() {}

  /**
   * Adds them: a line for each annotation, with the method that reads it.
   *
   * @param optimizers gets a line for each
   */
  public static void addTo(Kinds<OptimizerSpec> optimizers) {
    optimizers
        .add(Adadelta.class, Optimizers::adadelta)
        .add(Adagrad.class, Optimizers::adagrad)
        .add(Adam.class, Optimizers::adam)
        .add(AdamW.class, Optimizers::adamW)
        .add(LBFGS.class, Optimizers::lbfgs)
        .add(NAdam.class, Optimizers::nAdam)
        .add(Optimizer.class, Optimizers::own)
        .add(RMSprop.class, Optimizers::rmsProp)
        .add(SGD.class, Optimizers::sgd);
  }

  /** Reads {@code @Optimizer}: one of the user's own. */
  private static OptimizerSpec own(Written written, Report report) {
    Optional<OwnClass> found = OwnClass.find(written, Values.RUNTIME + ".Optimizer", report);
    return new OptimizerSpec(
        found.map(OwnClass::construction).orElse(Expressions.NULL),
        false,
        found.filter(one -> one.has("momentum", 1)).isPresent());
  }

  /** Reads {@code @SGD}. */
  private static OptimizerSpec sgd(Written written, Report report) {
    Values values = new Values(written, report);
    double momentum = values.atLeastZero("momentum");
    double dampening = written.checked("dampening", "a finite number", Double::isFinite, report);
    double weightDecay = values.atLeastZero("weightDecay");
    boolean nesterov = values.flag("nesterov");
    if (nesterov && (momentum <= 0 || dampening != 0)) {
      report.say(Message.NESTEROV, written.at("nesterov"), momentum, dampening);
    }
    return new OptimizerSpec(
        values.construction("Sgd", values.lr(), momentum, dampening, weightDecay, nesterov),
        momentum == 0 && weightDecay == 0,
        true);
  }

  /** Reads {@code @Adam}. */
  private static OptimizerSpec adam(Written written, Report report) {
    return adam(new Values(written, report), false);
  }

  /** Reads {@code @AdamW}. */
  private static OptimizerSpec adamW(Written written, Report report) {
    return adam(new Values(written, report), true);
  }

  private static OptimizerSpec adam(Values values, boolean decoupled) {
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
  private static OptimizerSpec rmsProp(Written written, Report report) {
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
  private static OptimizerSpec adagrad(Written written, Report report) {
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
  private static OptimizerSpec adadelta(Written written, Report report) {
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
  private static OptimizerSpec nAdam(Written written, Report report) {
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
  private static OptimizerSpec lbfgs(Written written, Report report) {
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

  private static OptimizerSpec of(Values values, String runtimeClass, Object... arguments) {
    return new OptimizerSpec(values.construction(runtimeClass, arguments), false, false);
  }

  private static OptimizerSpec withMomentum(
      Values values, String runtimeClass, Object... arguments) {
    return new OptimizerSpec(values.construction(runtimeClass, arguments), false, true);
  }
}

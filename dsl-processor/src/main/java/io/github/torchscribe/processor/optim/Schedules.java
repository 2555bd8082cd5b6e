package io.github.torchscribe.processor.optim;

import io.github.torchscribe.dsl.optim.ConstantLR;
import io.github.torchscribe.dsl.optim.CosineAnnealingLR;
import io.github.torchscribe.dsl.optim.CosineAnnealingWarmRestarts;
import io.github.torchscribe.dsl.optim.CyclicLR;
import io.github.torchscribe.dsl.optim.Every;
import io.github.torchscribe.dsl.optim.ExponentialLR;
import io.github.torchscribe.dsl.optim.LinearLR;
import io.github.torchscribe.dsl.optim.MultiStepLR;
import io.github.torchscribe.dsl.optim.OneCycleLR;
import io.github.torchscribe.dsl.optim.PolynomialLR;
import io.github.torchscribe.dsl.optim.ReduceLROnPlateau;
import io.github.torchscribe.dsl.optim.Schedule;
import io.github.torchscribe.dsl.optim.StepLR;
import io.github.torchscribe.processor.code.Expressions;
import io.github.torchscribe.processor.declaration.Kinds;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.own.OwnClass;
import java.util.ArrayList;
import java.util.List;

/** Reads the annotations of schedules. */
public final class Schedules {
  private Schedules() {}

  /**
   * Adds them: a line for each annotation, with the method that reads it.
   *
   * @param schedules gets a line for each
   */
  public static void addTo(Kinds<ScheduleSpec> schedules) {
    schedules
        .add(ConstantLR.class, Schedules::constantLr)
        .add(CosineAnnealingLR.class, Schedules::cosineAnnealingLr)
        .add(CosineAnnealingWarmRestarts.class, Schedules::warmRestarts)
        .add(CyclicLR.class, Schedules::cyclicLr)
        .add(ExponentialLR.class, Schedules::exponentialLr)
        .add(LinearLR.class, Schedules::linearLr)
        .add(MultiStepLR.class, Schedules::multiStepLr)
        .add(OneCycleLR.class, Schedules::oneCycleLr)
        .add(PolynomialLR.class, Schedules::polynomialLr)
        .add(ReduceLROnPlateau.class, Schedules::reduceLrOnPlateau)
        .add(Schedule.class, Schedules::own)
        .add(StepLR.class, Schedules::stepLr);
  }

  /** Reads {@code @Schedule}: one of the user's own. */
  private static ScheduleSpec own(Written written, Report report) {
    return new ScheduleSpec(
        OwnClass.find(written, Values.RUNTIME + ".Schedule", report)
            .map(OwnClass::construction)
            .orElse(Expressions.NULL));
  }

  /** Reads {@code @StepLR}. */
  private static ScheduleSpec stepLr(Written written, Report report) {
    Values values = new Values(written, report);
    return new ScheduleSpec(
        values.construction(
            "StepLr",
            values.atLeast(1, "stepSize"),
            values.aboveZero("gamma"),
            everyStep(written)));
  }

  /** Reads {@code @MultiStepLR}. */
  private static ScheduleSpec multiStepLr(Written written, Report report) {
    List<Long> milestones = written.sizes("value");
    long before = 0;
    for (int i = 0; i < milestones.size(); i++) {
      if (milestones.get(i) <= before) {
        report.say(
            Message.NOT_ASCENDING,
            written.at("value", i),
            written.name(),
            milestones.get(i),
            before);
      }
      before = milestones.get(i);
    }
    Values values = new Values(written, report);
    return new ScheduleSpec(
        values.construction(
            "MultiStepLr", values.aboveZero("gamma"), everyStep(written), milestones));
  }

  /** Reads {@code @ExponentialLR}. */
  private static ScheduleSpec exponentialLr(Written written, Report report) {
    Values values = new Values(written, report);
    return new ScheduleSpec(
        values.construction("ExponentialLr", values.aboveZero("value"), everyStep(written)));
  }

  /** Reads {@code @CosineAnnealingLR}. */
  private static ScheduleSpec cosineAnnealingLr(Written written, Report report) {
    Values values = new Values(written, report);
    return new ScheduleSpec(
        values.construction(
            "CosineAnnealingLr",
            values.atLeast(1, "tMax"),
            values.atLeastZero("etaMin"),
            everyStep(written)));
  }

  /** Reads {@code @CosineAnnealingWarmRestarts}. */
  private static ScheduleSpec warmRestarts(Written written, Report report) {
    Values values = new Values(written, report);
    return new ScheduleSpec(
        values.construction(
            "CosineAnnealingWarmRestarts",
            values.atLeast(1, "t0"),
            values.atLeast(1, "tMult"),
            values.atLeastZero("etaMin"),
            everyStep(written)));
  }

  /** Reads {@code @LinearLR}. */
  private static ScheduleSpec linearLr(Written written, Report report) {
    Values values = new Values(written, report);
    double start =
        written.checked("startFactor", "above 0, at most 1", v -> v > 0 && v <= 1, report);
    return new ScheduleSpec(
        values.construction(
            "LinearLr",
            start,
            values.upToOne("endFactor"),
            values.atLeast(1, "totalIters"),
            everyStep(written)));
  }

  /** Reads {@code @ConstantLR}. */
  private static ScheduleSpec constantLr(Written written, Report report) {
    Values values = new Values(written, report);
    double factor = written.checked("factor", "above 0, at most 1", v -> v > 0 && v <= 1, report);
    return new ScheduleSpec(
        values.construction(
            "ConstantLr", factor, values.atLeast(1, "totalIters"), everyStep(written)));
  }

  /** Reads {@code @PolynomialLR}. */
  private static ScheduleSpec polynomialLr(Written written, Report report) {
    Values values = new Values(written, report);
    return new ScheduleSpec(
        values.construction(
            "PolynomialLr",
            values.atLeast(1, "totalIters"),
            values.aboveZero("power"),
            everyStep(written)));
  }

  /** Reads {@code @CyclicLR}. */
  private static ScheduleSpec cyclicLr(Written written, Report report) {
    Values values = new Values(written, report);
    CyclicLR.Mode mode = written.constant("mode", CyclicLR.Mode.class, CyclicLR.Mode.TRIANGULAR);
    double gamma = written.checked("gamma", "above 0, at most 1", v -> v > 0 && v <= 1, report);
    long up = values.atLeast(1, "stepSizeUp");
    long down = values.atLeast(0, "stepSizeDown");
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                values.atLeastZero("baseLr"),
                values.aboveZero("maxLr"),
                up,
                down == 0 ? up : down,
                mode == CyclicLR.Mode.TRIANGULAR2 ? 0.5 : 1.0,
                mode == CyclicLR.Mode.EXP_RANGE ? gamma : 1.0));
    return cycling("CyclicLr", arguments, values);
  }

  /** Reads {@code @OneCycleLR}. */
  private static ScheduleSpec oneCycleLr(Written written, Report report) {
    Values values = new Values(written, report);
    boolean cosine =
        written.constant("annealStrategy", OneCycleLR.Anneal.class, OneCycleLR.Anneal.COS)
            == OneCycleLR.Anneal.COS;
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                values.aboveZero("maxLr"),
                values.upToOne("pctStart"),
                cosine,
                values.aboveZero("divFactor"),
                values.aboveZero("finalDivFactor")));
    return cycling("OneCycleLr", arguments, values);
  }

  /** A schedule under which the momentum goes the other way, unless that is switched off. */
  private static ScheduleSpec cycling(String runtimeClass, List<Object> arguments, Values values) {
    boolean cyclesMomentum = values.flag("cycleMomentum");
    if (cyclesMomentum) {
      arguments.add(values.share("baseMomentum"));
      arguments.add(values.share("maxMomentum"));
    }
    return new ScheduleSpec(values.construction(runtimeClass, arguments.toArray()), cyclesMomentum);
  }

  /** Reads {@code @ReduceLROnPlateau}. */
  private static ScheduleSpec reduceLrOnPlateau(Written written, Report report) {
    Values values = new Values(written, report);
    double factor = written.checked("factor", "above 0, less than 1", v -> v > 0 && v < 1, report);
    return new ScheduleSpec(
        values.construction(
            "ReduceLrOnPlateau",
            factor,
            values.atLeast(0, "patience"),
            values.atLeastZero("threshold"),
            values.atLeast(0, "cooldown"),
            values.atLeastZero("minLr"),
            values.atLeastZero("eps")));
  }

  private static boolean everyStep(Written written) {
    return written.constant("every", Every.class, Every.EPOCH) == Every.STEP;
  }
}

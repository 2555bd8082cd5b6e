package io.github.torchscribe.processor.optim;

import io.github.torchscribe.dsl.optim.Every;
import io.github.torchscribe.dsl.optim.OneCycleLR;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the annotations of schedules. */
public final class Schedules {
  private Schedules() {}

  /** Reads {@code @StepLR}. */
  public static Schedule stepLr(Written written, Report report) {
    Values values = new Values(written, report);
    return new Schedule(
        values.construction(
            "StepLr",
            values.atLeast(1, "stepSize"),
            values.aboveZero("gamma"),
            everyStep(written)));
  }

  /** Reads {@code @MultiStepLR}. */
  public static Schedule multiStepLr(Written written, Report report) {
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
    return new Schedule(
        values.construction(
            "MultiStepLr",
            values.aboveZero("gamma"),
            everyStep(written),
            milestones.stream().map(String::valueOf).collect(Collectors.joining(", "))));
  }

  /** Reads {@code @ExponentialLR}. */
  public static Schedule exponentialLr(Written written, Report report) {
    Values values = new Values(written, report);
    return new Schedule(
        values.construction("ExponentialLr", values.aboveZero("value"), everyStep(written)));
  }

  /** Reads {@code @CosineAnnealingLR}. */
  public static Schedule cosineAnnealingLr(Written written, Report report) {
    Values values = new Values(written, report);
    return new Schedule(
        values.construction(
            "CosineAnnealingLr",
            values.atLeast(1, "tMax"),
            values.atLeastZero("etaMin"),
            everyStep(written)));
  }

  /** Reads {@code @CosineAnnealingWarmRestarts}. */
  public static Schedule warmRestarts(Written written, Report report) {
    Values values = new Values(written, report);
    return new Schedule(
        values.construction(
            "CosineAnnealingWarmRestarts",
            values.atLeast(1, "t0"),
            values.atLeast(1, "tMult"),
            values.atLeastZero("etaMin"),
            everyStep(written)));
  }

  /** Reads {@code @LinearLR}. */
  public static Schedule linearLr(Written written, Report report) {
    Values values = new Values(written, report);
    double start =
        written.checked("startFactor", "above 0, at most 1", v -> v > 0 && v <= 1, report);
    return new Schedule(
        values.construction(
            "LinearLr",
            start,
            values.upToOne("endFactor"),
            values.atLeast(1, "totalIters"),
            everyStep(written)));
  }

  /** Reads {@code @OneCycleLR}. */
  public static Schedule oneCycleLr(Written written, Report report) {
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
    if (values.flag("cycleMomentum")) {
      arguments.add(values.share("baseMomentum"));
      arguments.add(values.share("maxMomentum"));
    }
    return new Schedule(
        values.construction("OneCycleLr", arguments.toArray()), values.flag("cycleMomentum"));
  }

  /** Reads {@code @ReduceLROnPlateau}. */
  public static Schedule reduceLrOnPlateau(Written written, Report report) {
    Values values = new Values(written, report);
    double factor = written.checked("factor", "above 0, less than 1", v -> v > 0 && v < 1, report);
    return new Schedule(
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

package io.github.torchscribe.runtime.report;

import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.log.Series;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.time.ZonedDateTime;
import java.util.List;

/** What {@code report.html} shows of a run, and {@code run.json} keeps of it. */
final class RunPage {
  private RunPage() {}

  /** What a page shows; what is not known yet is null. */
  record Content(
      Summary network,
      long parameters,
      String status,
      String message,
      ZonedDateTime began,
      double seconds,
      List<Fact> settings,
      List<Fact> machine,
      long stepsPerEpoch,
      Track whole,
      List<Track> parts,
      List<Measure> metrics,
      Curve learningRate,
      Curve trainSeconds) {}

  /** How the run does in its loss; in the sum of several, or in one of them, which has a name. */
  record Track(
      String name,
      Result result,
      Curve loss,
      Curve meanLoss,
      Curve testLoss,
      Curve testAccuracy,
      long[][] confusion,
      Mistakes mistakes) {}

  /** What was measured besides. */
  record Measure(TrainingLog.Measured what, Curve values) {}

  /** Something with a name. */
  record Fact(String name, String value) {}

  /** How the last evaluation went. */
  record Result(double loss, long correct, long decisions) {
    static Result of(Evaluation evaluation) {
      return new Result(evaluation.loss(), evaluation.correct(), evaluation.decisions());
    }
  }

  /** The points of a curve; what is no number becomes null on the page. */
  record Curve(double[] x, double[] y) {
    static final Curve EMPTY = of(new Series());

    static Curve of(Series series) {
      return new Curve(series.x(0), series.y(0));
    }
  }
}

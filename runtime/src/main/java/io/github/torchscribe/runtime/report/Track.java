package io.github.torchscribe.runtime.report;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.Predictions;
import io.github.torchscribe.runtime.log.Series;
import io.github.torchscribe.runtime.report.RunPage.Curve;
import io.github.torchscribe.runtime.report.RunPage.Result;

/** How a run does in its loss, or in one of several. */
final class Track {
  private final String name;
  private final boolean showsAccuracy;
  private final Series loss = new Series();
  private final Series meanLoss = new Series();
  private final Series testLoss = new Series();
  private final Series testAccuracy = new Series();
  private Evaluation last;

  /**
   * A track without points.
   *
   * @param name of what has the loss; empty where there is a single loss, and for the sum of
   *     several
   */
  Track(String name, boolean showsAccuracy) {
    this.name = name;
    this.showsAccuracy = showsAccuracy;
  }

  String name() {
    return name;
  }

  void step(long number, double stepLoss) {
    loss.add(number, stepLoss);
  }

  void epoch(int number, double trainLoss, Evaluation evaluation) {
    last = evaluation;
    meanLoss.add(number, trainLoss);
    testLoss.add(number, evaluation.loss());
    if (showsAccuracy) {
      testAccuracy.add(number, evaluation.accuracy());
    }
  }

  /**
   * What the page shows of it.
   *
   * @param predictions its own at the end; null before, and where there are none
   */
  RunPage.Track page(Predictions predictions, Dataset test) {
    return new RunPage.Track(
        name,
        last == null ? null : Result.of(last),
        Curve.of(loss),
        Curve.of(meanLoss),
        Curve.of(testLoss),
        Curve.of(testAccuracy),
        predictions == null ? null : predictions.confusion(),
        predictions == null ? null : Mistakes.of(predictions, test));
  }
}

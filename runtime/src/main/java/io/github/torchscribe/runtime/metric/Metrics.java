package io.github.torchscribe.runtime.metric;

/**
 * The metrics that come along. Names and definitions are those of torchmetrics and scikit-learn.
 */
public final class Metrics {
  private Metrics() {}

  /**
   * A metric of one of several outputs, called such as {@code kind F1}.
   *
   * @param output its name
   * @param metric what is measured of it
   * @return for a trainer, or an evaluation
   */
  public static Metric of(String output, Metric metric) {
    return new OfOutput(output, metric);
  }

  /**
   * The share of decisions that are right.
   *
   * @return from 0 to 1
   */
  public static Metric accuracy() {
    return new FromCounts("accuracy", Counts::accuracy);
  }

  /**
   * The share of examples whose right class is among those with the k highest scores.
   *
   * @param k at least 1
   * @return from 0 to 1
   */
  public static Metric topK(int k) {
    return new TopK(k);
  }

  /**
   * Of what is taken for a class, the share that is of it: tp/(tp + fp), averaged over all classes
   * that occur among predictions or targets; 0 for a class that is never predicted.
   *
   * @return from 0 to 1
   */
  public static Metric precision() {
    return new FromCounts("precision", counts -> counts.mean(Counts::precision));
  }

  /**
   * Of what is of a class, the share that is taken for it: tp/(tp + fn), averaged over all classes
   * that occur among predictions or targets; 0 for a class that is never right.
   *
   * @return from 0 to 1
   */
  public static Metric recall() {
    return new FromCounts("recall", counts -> counts.mean(Counts::recall));
  }

  /**
   * The harmonic mean of precision and recall, 2·tp/(2·tp + fp + fn), averaged over all classes
   * that occur among predictions or targets.
   *
   * @return from 0 to 1
   */
  public static Metric f1() {
    return new FromCounts("F1", counts -> counts.mean(Counts::f1));
  }

  /**
   * The area under the ROC curve: how likely an example of a class has a higher score for it than
   * one of another class, a tie counting half. For answers of yes or no that of yes; for several
   * classes, whose probabilities are compared, and for several answers, the mean over those that
   * have examples of both kinds. Keeps all scores until it is {@linkplain Metric#reset reset}.
   *
   * @return from 0 to 1; ½ is as good as guessing
   */
  public static Metric auroc() {
    return new RocArea();
  }

  /**
   * How often each class is taken for each; {@link ConfusionMatrix#counts} has the table.
   *
   * @return a metric whose value is the accuracy
   */
  public static ConfusionMatrix confusionMatrix() {
    return new ConfusionMatrix();
  }

  /**
   * The mean of |output − target|.
   *
   * @return in the target's unit
   */
  public static Metric meanAbsoluteError() {
    return new FromErrors("MAE", false, FromErrors::meanAbsolute);
  }

  /**
   * The root of the mean of (output − target)².
   *
   * @return in the target's unit
   */
  public static Metric rootMeanSquaredError() {
    return new FromErrors("RMSE", false, FromErrors::rootMeanSquared);
  }

  /**
   * The coefficient of determination, 1 − Σ(target − output)²/Σ(target − mean target)², averaged
   * over the outputs.
   *
   * @return at most 1; 0 is as good as always saying the mean
   */
  public static Metric rSquared() {
    return new FromErrors("R²", true, FromErrors::determination);
  }
}

package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What losses are written with: which targets count, and what classes weigh. Where a network has
 * several losses, the last argument says which of them asks.
 */
abstract class Targets extends Workbench {
  /**
   * The share's rows of what a loss compares with.
   *
   * @param loss its number, counted from 0
   * @return as the loss takes them
   */
  protected final Tensor target(int loss) {
    Tensor whole = buffers().target(loss);
    return whole == null ? null : mine(whole);
  }

  /**
   * The gradient of a cross entropy by the scores.
   *
   * @param gradient of the scores, (n, C, …), or their rows; is filled
   * @param logProbabilities of the same shape
   * @param factor of all: one over how many targets there are
   * @return computes it
   */
  protected final ClassGradient classGradient(
      Tensor gradient, Tensor logProbabilities, double factor) {
    return classGradient(gradient, logProbabilities, factor, 0);
  }

  /**
   * The same where labels are smoothed.
   *
   * @param gradient of the scores, (n, C, …), or their rows; is filled
   * @param logProbabilities of the same shape
   * @param factor of all: one over how many targets there are
   * @param smoothing how much of a label is spread over all classes
   * @return computes it
   */
  protected final ClassGradient classGradient(
      Tensor gradient, Tensor logProbabilities, double factor, double smoothing) {
    return new ClassGradient(
        gradient, logProbabilities, factor, smoothing, buffers().areRecorded());
  }

  /**
   * Targets that are classes, each.
   *
   * @param target as the loss takes them
   * @return the same, with class 0 in the place of what the loss ignores
   */
  protected final Tensor known(Tensor target) {
    return known(target, 0);
  }

  /**
   * Targets that are classes, each.
   *
   * @param target as the loss takes them
   * @param loss its number
   * @return the same, with class 0 in the place of what the loss ignores
   */
  protected final Tensor known(Tensor target, int loss) {
    return buffers().counted(loss).leavesOut()
        ? target.masked_fill(isIgnored(target, loss), new Scalar(0L))
        : target;
  }

  /**
   * Leaves out of a gradient what belongs to targets that the loss ignores.
   *
   * @param gradient of the scores, (n, C, …), or their rows
   * @param target (n, …)
   */
  protected final void leaveOutIgnored(Tensor gradient, Tensor target) {
    leaveOutIgnored(gradient, target, 0);
  }

  /**
   * Leaves out of a gradient what belongs to targets that the loss ignores.
   *
   * @param gradient of the scores, (n, C, …), or their rows
   * @param target (n, …)
   * @param loss its number
   */
  protected final void leaveOutIgnored(Tensor gradient, Tensor target, int loss) {
    if (buffers().counted(loss).leavesOut()) {
      Tensor some = isIgnored(target, loss);
      Tensor ignored = gradient.dim() == 2 ? some.flatten() : some;
      gradient.masked_fill_(ignored.unsqueeze(1), new Scalar(0.0));
    }
  }

  /**
   * Makes of the gradient of a mean over all targets that of a mean over those that count.
   *
   * @param gradient of the scores, (n, C, …), or their rows
   * @param target (n, …)
   */
  protected final void countOnly(Tensor gradient, Tensor target) {
    countOnly(gradient, target, 0);
  }

  /**
   * Makes of the gradient of a mean over all targets that of a mean over those that count.
   *
   * @param gradient of the scores, (n, C, …), or their rows
   * @param target (n, …)
   * @param loss its number
   */
  protected final void countOnly(Tensor gradient, Tensor target, int loss) {
    Counted counted = buffers().counted(loss);
    leaveOutIgnored(gradient, target, loss);
    if (counted.leavesOut() && counted.counting() > 0) {
      gradient.mul_(new Scalar((double) counted.targets() / counted.counting()));
    }
  }

  /** Whether a loss ignores each. */
  final Tensor isIgnored(Tensor target, int loss) {
    StatedLoss stated = buffers().network().signature().losses().get(loss);
    return target.eq(new Scalar(stated.ignored().orElseThrow()));
  }

  /**
   * What each class weighs in the loss.
   *
   * @param stated what the annotation says, unless the trainer was told otherwise
   * @return one dimension, 32-bit floats
   */
  protected final Tensor classWeights(double... stated) {
    return classWeightsOf(0, stated);
  }

  /**
   * What each class weighs in one of several losses.
   *
   * @param loss its number
   * @param stated what the annotation says, unless the trainer was told otherwise
   * @return one dimension, 32-bit floats
   */
  protected final Tensor classWeightsOf(int loss, double... stated) {
    double[] others = buffers().classWeights(loss);
    return numbers(others == null ? stated : others);
  }
}

package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.cuda.FewKernels;
import io.github.torchscribe.runtime.torch.Shapes;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The gradient of a cross entropy by the scores of its classes: (softmax − one-hot target) / total,
 * where labels may be smoothed. Where steps are replayed rows of a table take the place of one
 * operation after the other.
 */
public final class ClassGradient {
  /** A table of so many classes has a million numbers. */
  private static final long MOST_CLASSES = 1024;

  private final Tensor gradient;
  private final Tensor logProbabilities;
  private final Tensor minusKept;
  private final Scalar spread;
  private final Scalar factor;
  private final Tensor table;
  private final Tensor chosen;

  /**
   * Makes ready for batches of a size.
   *
   * @param gradient of the scores, (n, C, …), is filled
   * @param logProbabilities what forward has computed, of the same shape
   * @param factor of all: one over how many targets there are
   * @param smoothing how much of a label is spread over all classes
   * @param isRecorded whether the work is to be replayed
   */
  ClassGradient(
      Tensor gradient,
      Tensor logProbabilities,
      double factor,
      double smoothing,
      boolean isRecorded) {
    this.gradient = gradient;
    this.logProbabilities = logProbabilities;
    long[] sizes = Shapes.of(logProbabilities);
    long classes = sizes[1];
    this.factor = new Scalar(factor);
    spread = smoothing == 0 ? null : new Scalar(smoothing / classes);
    if (isRecorded && hasRows() && classes <= MOST_CLASSES) {
      minusKept = null;
      table =
          torch
              .eye(classes, logProbabilities.options())
              .mul_(new Scalar(-(1 - smoothing) * factor))
              .sub_(new Scalar(smoothing / classes * factor));
      chosen = torch.empty_like(logProbabilities);
    } else {
      sizes[1] = 1;
      minusKept = torch.full(sizes, new Scalar(-(1 - smoothing)), logProbabilities.options());
      table = null;
      chosen = null;
    }
  }

  /** Whether each target has a row of 32-bit floats. */
  private boolean hasRows() {
    return logProbabilities.dim() == 2 && isFloat(logProbabilities) && isFloat(gradient);
  }

  private static boolean isFloat(Tensor numbers) {
    return numbers.scalar_type().intern() == torch.ScalarType.Float;
  }

  /**
   * Computes it.
   *
   * @param targets which class each is, without any that is none
   */
  public void of(Tensor targets) {
    if (table != null) {
      torch.index_select_out(chosen, table, 0, targets);
      FewKernels.logSoftmaxBackward(gradient, chosen, logProbabilities);
      return;
    }
    torch.exp_out(gradient, logProbabilities);
    gradient.scatter_add_(1, targets.unsqueeze(1), minusKept);
    if (spread != null) {
      gradient.sub_(spread);
    }
    gradient.mul_(factor);
  }
}

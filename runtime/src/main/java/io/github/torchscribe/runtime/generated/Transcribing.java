package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Texts in sequences of which nobody knows where their letters are. */
abstract class Transcribing extends Bagging {
  private static final long MEAN = 1;

  /**
   * The same where padding is blank for certain.
   *
   * @param logProbabilities (n, T, C)
   * @param isThere (n, T): 1, or 0 for padding
   * @param blank the class that is no letter
   * @return (n, T, C)
   */
  protected static Tensor blankPadding(Tensor logProbabilities, Tensor isThere, long blank) {
    long[] classes = {logProbabilities.size(2)};
    Scalar never = new Scalar(Double.NEGATIVE_INFINITY);
    Tensor certain = torch.full(classes, never, logProbabilities.options());
    certain.select(0, blank).zero_();
    return certain.where(isThere.eq(new Scalar(0.0)).unsqueeze(2), logProbabilities);
  }

  /**
   * Connectionist temporal classification.
   *
   * @param logProbabilities (n, T, C)
   * @param target (n, S), filled up with blanks
   * @param blank the class that is no letter
   * @param zeroInfinity whether what is infinite becomes 0
   * @return the mean over n, a single number that autograd can differentiate
   */
  protected static Tensor ctc(
      Tensor logProbabilities, Tensor target, long blank, boolean zeroInfinity) {
    long[] each = {target.size(0)};
    Tensor places = torch.full(each, new Scalar(logProbabilities.size(1)), target.options());
    Tensor letters = target.ne(new Scalar(blank)).sum(1);
    Tensor byPlace = logProbabilities.transpose(0, 1);
    return torch.ctc_loss(byPlace, target, places, letters, blank, MEAN, zeroInfinity);
  }
}

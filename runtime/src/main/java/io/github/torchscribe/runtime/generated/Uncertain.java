package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.cuda.NotRecorded;
import org.bytedeco.pytorch.Tensor;

/** Numbers of which the network says how sure it is. */
abstract class Uncertain extends Transcribing {
  /**
   * Variances, none of which may be below 0: taken for the least there is, they would be learned
   * from without a word.
   *
   * @param variances of any shape
   * @return the same
   * @throws IllegalArgumentException when one is below 0
   */
  protected static Tensor variances(Tensor variances) {
    NotRecorded.unlessDone("@GaussianNLLLoss looks at the variances that it is given");
    float least = variances.detach().min().item_float();
    if (least < 0) {
      throw new IllegalArgumentException(
          "@GaussianNLLLoss reads variances, of which none is below 0, but one is "
              + least
              + "; let what gives them end in @Softplus");
    }
    return variances;
  }
}

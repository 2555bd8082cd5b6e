package io.github.torchscribe.runtime.cuda;

import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;

/**
 * PyTorch's {@code torch.optim.Adam(fused=True)}: a step in one kernel, where one operation after
 * the other reads and writes all parameters seven times. JavaCPP has no method for it, so it is
 * called by its name.
 */
public final class FusedAdam {
  private FusedAdam() {}

  /**
   * What stays the same in all steps.
   *
   * @param beta1 the share of the mean that is kept
   * @param beta2 the share of the mean square that is kept
   * @param weightDecay the decay's factor
   * @param eps added to the root of the mean square
   * @param decoupled whether the decay leaves the moments alone, as in AdamW
   */
  public record Settings(
      double beta1, double beta2, double weightDecay, double eps, boolean decoupled) {}

  /**
   * Does a step.
   *
   * @param parameters flat
   * @param gradients as long
   * @param memory mean, mean square and, with amsgrad, the largest mean square, as long
   * @param rate the learning rate: one element
   * @param step the number of the step, from 1: one element
   */
  public static void step(
      Settings settings,
      Tensor parameters,
      Tensor gradients,
      List<Tensor> memory,
      Tensor rate,
      Tensor step) {
    boolean amsgrad = memory.size() > 2;
    Dispatched.call(
        settings.decoupled ? "aten::_fused_adamw_" : "aten::_fused_adam_",
        "tensor_lr",
        Dispatched.rows(parameters.unsqueeze(0)),
        Dispatched.rows(gradients.unsqueeze(0)),
        Dispatched.rows(memory.get(0).unsqueeze(0)),
        Dispatched.rows(memory.get(1).unsqueeze(0)),
        Dispatched.rows(amsgrad ? memory.get(2).unsqueeze(0) : step.narrow(0, 0, 0)),
        Dispatched.rows(step),
        new IValue(rate),
        new IValue(settings.beta1),
        new IValue(settings.beta2),
        new IValue(settings.weightDecay),
        new IValue(settings.eps),
        new IValue(amsgrad),
        new IValue(false), // does not maximise
        new IValue(), // gradients are not scaled
        new IValue());
  }
}

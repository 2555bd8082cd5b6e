package io.github.torchscribe.runtime.learner;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How a network's output is read as a class; the loss says which way is meant. */
public enum Decision {
  /** The class with the highest score. */
  ARGMAX {
    @Override
    public Tensor classes(Tensor output) {
      return torch.argmax(output, new LongOptional(1), false);
    }

    @Override
    public Tensor right(Tensor target) {
      return target;
    }
  },

  /** The class with the highest score, where the scores are the last dimension. */
  ARGMAX_LAST {
    @Override
    public Tensor classes(Tensor output) {
      return torch.argmax(output, new LongOptional(-1), false);
    }

    @Override
    public Tensor right(Tensor target) {
      return target;
    }
  },

  /**
   * Yes (1) or no (0), for each output: whether its sigmoid is above ½. A target above ½ is a yes:
   * of 0 and 1 as well as of −1 and 1.
   */
  LOGIT_ABOVE_ZERO {
    @Override
    public Tensor classes(Tensor output) {
      return above(0, output);
    }

    @Override
    public Tensor right(Tensor target) {
      return above(0.5, target);
    }
  },

  /** Yes (1) or no (0), for each output: whether it is above ½. */
  PROBABILITY_ABOVE_HALF {
    @Override
    public Tensor classes(Tensor output) {
      return above(0.5, output);
    }

    @Override
    public Tensor right(Tensor target) {
      return above(0.5, target);
    }
  },

  /** Outputs are numbers, not classes. */
  NONE {
    @Override
    public Tensor classes(Tensor output) {
      throw new IllegalStateException(
          "this network's loss takes its outputs for numbers, not for classes: use forward");
    }

    @Override
    public Tensor right(Tensor target) {
      return classes(target);
    }
  };

  private static Tensor above(double bound, Tensor numbers) {
    return torch.gt(numbers, new Scalar(bound)).to(torch.ScalarType.Long);
  }

  /** The classes that an output stands for, 64-bit integers. */
  public abstract Tensor classes(Tensor output);

  /** The classes that targets stand for, of the same shape. */
  public abstract Tensor right(Tensor target);
}

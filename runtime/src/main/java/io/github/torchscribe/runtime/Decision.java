package io.github.torchscribe.runtime;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How a network's output is read as a class; the loss says which way is meant. */
public enum Decision {
  /** The class with the highest score. */
  ARGMAX {
    @Override
    Tensor classes(Tensor output) {
      return torch.argmax(output, new LongOptional(1), false);
    }

    @Override
    Tensor right(Tensor target) {
      return target;
    }
  },

  /** Yes (1) or no (0), for each output: whether its sigmoid is above ½. */
  LOGIT_ABOVE_ZERO {
    @Override
    Tensor classes(Tensor output) {
      return torch.gt(output, new Scalar(0.0)).to(torch.ScalarType.Long);
    }

    @Override
    Tensor right(Tensor target) {
      return torch.gt(target, new Scalar(0.5)).to(torch.ScalarType.Long);
    }
  };

  /** The classes that an output stands for, 64-bit integers. */
  abstract Tensor classes(Tensor output);

  /** The classes that targets stand for, of the same shape. */
  abstract Tensor right(Tensor target);
}

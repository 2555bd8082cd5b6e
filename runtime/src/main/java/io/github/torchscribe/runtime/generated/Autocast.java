package io.github.torchscribe.runtime.generated;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Libtorch's autocast, as PyTorch's users know it: the operations of its list, products and
 * convolutions among them, compute in bfloat16 whatever they are given.
 */
final class Autocast {
  private Autocast() {}

  /**
   * Calls a user's method in it.
   *
   * @param device where it computes
   * @param method gives a tensor, or null where it is wrong
   * @return the same tensor; where it is in bfloat16, in 32-bit floats
   */
  static Tensor during(torch.DeviceType device, Supplier<Tensor> method) {
    boolean wasOn = torch.is_autocast_enabled(device);
    torch.ScalarType before = torch.get_autocast_dtype(device);
    torch.set_autocast_dtype(device, torch.ScalarType.BFloat16);
    torch.set_autocast_enabled(device, true);
    Tensor value;
    try {
      value = method.get();
    } finally {
      torch.set_autocast_enabled(device, wasOn);
      torch.set_autocast_dtype(device, before);
      torch.clear_cache(); // of what weights were cast to, which change with each step
    }
    boolean isLowered =
        value != null
            && value.defined()
            && value.scalar_type().intern() == torch.ScalarType.BFloat16;
    return isLowered ? value.to(torch.ScalarType.Float) : value;
  }
}

package io.github.torchscribe.runtime.torch;

import java.util.Locale;
import java.util.Optional;
import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch_cuda;

/**
 * What a GPU is, and what of it is in use.
 *
 * @param name for example {@code NVIDIA H200}
 * @param bytes of its memory
 * @param peakBytes the most of it that this process' tensors had at once until now, {@code
 *     torch.cuda.max_memory_allocated()}
 */
public record Gpu(String name, long bytes, long peakBytes) {
  /**
   * The GPU that a device is.
   *
   * @param device any that is there
   * @return empty for the processor
   */
  public static Optional<Gpu> of(Device device) {
    if (device.type() == Device.Type.CPU) {
      return Optional.empty();
    }
    byte index = (byte) device.index();
    PointerScope scope = new PointerScope();
    try {
      cudaDeviceProp properties = torch_cuda.getDeviceProperties(index);
      // Of several numbers, for large and small pieces, the first is of all.
      long peak = torch_cuda.getAllocator().getDeviceStats(index).allocated_bytes().peak();
      return Optional.of(new Gpu(properties.name().getString(), properties.totalGlobalMem(), peak));
    } finally {
      scope.close();
    }
  }

  /**
   * What a batch takes of its memory, beside what has been in use.
   *
   * @param batch how many examples it has
   * @param planned for a step, in bytes
   * @return a line of text
   */
  public String room(long batch, long planned) {
    return String.format(
        Locale.ROOT,
        "a batch of %d on %s: a step takes %,d MB; the most in use until now %s",
        batch,
        name,
        (planned + 999_999) / 1_000_000,
        peak());
  }

  /**
   * The most memory that was in use.
   *
   * @return for example {@code 512 MB of 150,123 MB}
   */
  public String peak() {
    return String.format(Locale.ROOT, "%,d MB of %,d MB", peakBytes / 1_000_000, bytes / 1_000_000);
  }
}

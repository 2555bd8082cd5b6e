package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Device;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Decides where a loader's examples lie: on the device, all of them, or where the dataset is. */
final class Residence {
  /** Of the memory that is free; the network has the rest. */
  private static final int SHARE = 4;

  private final Dataset data;
  private final Device device;
  private final LongSupplier free;
  private Optional<Boolean> asked = Optional.empty();
  private boolean pins = true;

  Residence(Dataset data, Device device) {
    this(data, device, device::freeMemory);
  }

  /**
   * The same where it is known how much there is.
   *
   * @param free memory on the device, in bytes
   */
  Residence(Dataset data, Device device, LongSupplier free) {
    this.data = data;
    this.device = device;
    this.free = free;
  }

  /** Says where; otherwise it is decided by itself. */
  void ask(boolean on) {
    if (on && !lying().isFixed()) {
      throw new IllegalArgumentException(
          "examples that are not the same each time cannot be brought to a device once and for"
              + " all; where they are, the dataset says isFixed(), or all of its transforms"
              + " isForAnyDevice()");
    }
    asked = Optional.of(on);
  }

  /**
   * Says whether what does not lie on a GPU is copied there from memory that it reads by itself.
   */
  void pin(boolean on) {
    pins = on;
  }

  /**
   * Where batches come from.
   *
   * @param areAll whether an epoch goes through all examples
   */
  Supply supply(int batchSize, Crew crew, boolean areAll) {
    boolean begins = asked.isEmpty() && lying().takesTime();
    if (!asked.orElseGet(this::fits) || begins && !areAll) {
      return gathered(data, batchSize, crew);
    }
    if (begins) { // read it but once, and begin at once
      return new KeptBatches(data, lying(), batchSize, device, gathered(lying(), batchSize, crew));
    }
    return new ResidentBatches(data, batchSize, device, () -> OnDevice.of(lying(), device, null));
  }

  private Supply gathered(Dataset some, int batchSize, Crew crew) {
    return pins && device.type() != Device.Type.CPU
        ? new PinnedBatches(some, batchSize, device, new CopyStream(device, PinnedBatches.SLOTS))
        : new GatheredBatches(some, batchSize, crew, device);
  }

  /** What lies on the device where all does: the data, or what they are made of each time anew. */
  private Dataset lying() {
    return data instanceof Transformed some && some.isDrawnThere() ? some.before() : data;
  }

  /** Whether it is worth it, and leaves the network its room. */
  boolean fits() {
    Dataset lying = lying();
    if (device.type() == Device.Type.CPU || !lying.isFixed()) {
      return false;
    }
    long bytes = lying.size() * (lying.inputSpecs().bytes() + lying.targetSpecs().bytes());
    return bytes <= free.getAsLong() / SHARE;
  }
}

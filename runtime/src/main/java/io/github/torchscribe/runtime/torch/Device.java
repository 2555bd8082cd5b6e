package io.github.torchscribe.runtime.torch;

import io.github.torchscribe.runtime.process.Native;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.SizeTPair;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Where tensors live and are computed with, {@code torch.device}.
 *
 * @param type {@code cpu} or {@code cuda}
 * @param index which of several; 0 for the CPU
 */
public record Device(Type type, int index) {
  /** The kinds of device. */
  public enum Type {
    /** The processor. */
    CPU,
    /** An NVIDIA GPU. */
    CUDA
  }

  private static final Device CPU = new Device(Type.CPU, 0);

  /**
   * Begins to load libtorch in a thread of its own, and returns at once: for a program that has
   * something else to do before its first tensor. Whatever needs libtorch waits until it is there.
   */
  public static void loadAhead() {
    Native.loadAhead();
  }

  /**
   * Lets go of libtorch, for a web application that is undeployed while its container goes on: ends
   * the thread of JavaCPP that frees what the garbage collector finds, and holds the application's
   * class loader with all that it has loaded. To be called last, in {@code
   * ServletContextListener.contextDestroyed}: what has not been closed by then is never freed.
   *
   * <p>Does nothing where JavaCPP comes from another class loader than the calling thread's context
   * class loader, such as the container's own for what applications share: others need its thread.
   */
  public static void unload() {
    Native.unload();
  }

  /**
   * The processor.
   *
   * @return always there
   */
  public static Device cpu() {
    return CPU;
  }

  /**
   * An NVIDIA GPU.
   *
   * @param index counted from 0
   * @return the device
   * @throws IllegalStateException when it is not there; the message says what is missing
   */
  public static Device cuda(int index) {
    Native.load();
    int count = torch.cuda_is_available() ? torch.cuda_device_count() : 0;
    if (index >= 0 && index < count) {
      return new Device(Type.CUDA, index);
    }
    throw new IllegalStateException(
        "device cuda:" + index + " is not there: " + reason(count, Cuda.ofThisProcess()));
  }

  /**
   * The first GPU where there is one, otherwise the processor.
   *
   * @return a device that is there
   */
  public static Device best() {
    Native.load();
    return torch.cuda_is_available() && torch.cuda_device_count() > 0 ? cuda(0) : cpu();
  }

  /**
   * Reads {@code cpu}, {@code cuda}, {@code cuda:1} or {@code best}.
   *
   * @param text the device's name
   * @return the device
   * @throws IllegalArgumentException when the text is none of these
   * @throws IllegalStateException when the device is not there
   */
  public static Device of(String text) {
    String name = text.trim().toLowerCase(Locale.ROOT);
    if (name.equals("cpu")) {
      return cpu();
    }
    if (name.equals("best")) {
      return best();
    }
    if (name.equals("cuda")) {
      return cuda(0);
    }
    if (name.matches("cuda:\\d{1,3}")) {
      return cuda(Integer.parseInt(name.substring("cuda:".length())));
    }
    throw new IllegalArgumentException(
        "unknown device '" + text + "': give cpu, cuda, cuda:INDEX or best");
  }

  /** How far the way to CUDA goes. */
  enum Cuda {
    /** No libtorch that could. */
    NOT_ON_CLASS_PATH,
    /** One that could, without the libraries that it needs. */
    NOT_LOADED,
    /** One that can. */
    LOADED;

    static Cuda ofThisProcess() {
      return !Native.hasGpuLibraries()
          ? NOT_ON_CLASS_PATH
          : Native.hasLoadedGpuLibraries() ? LOADED : NOT_LOADED;
    }
  }

  static String reason(int count, Cuda cuda) {
    if (count > 0) {
      return "this machine has " + count + ", counted from 0";
    }
    return switch (cuda) {
      case NOT_ON_CLASS_PATH ->
          "the libtorch on the class path was built without CUDA. Add org.bytedeco:pytorch with the"
              + " classifier linux-x86_64-gpu and org.bytedeco:cuda with linux-x86_64 (in"
              + " Torchscribe's own build: -Pgpu), or use Device.cpu()";
      case NOT_LOADED ->
          "libtorch with CUDA is on the class path, but CUDA 13's own libraries were not found, so"
              + " that it was loaded without. Put them on LD_LIBRARY_PATH (Python's PyTorch brings"
              + " them, in site-packages/nvidia), or add org.bytedeco:cuda-platform-redist (in"
              + " Torchscribe's own build: -Pgpu,cuda-redist)";
      case LOADED ->
          "libtorch was built with CUDA but finds no GPU. Does nvidia-smi list one? Is the NVIDIA"
              + " driver new enough for CUDA 13 (580 or later)?";
    };
  }

  /**
   * Copies a tensor to this device, {@code tensor.to(device)}: the original stays where it is.
   *
   * @param tensor any
   * @return the copy, or the tensor itself where it is here already; the caller's scope owns it
   */
  public Tensor copy(Tensor tensor) {
    return tensor.to(torchDevice(), tensor.scalar_type());
  }

  /**
   * A copy on this device, also of what is here already.
   *
   * @param tensor anywhere
   * @return with memory of its own; the caller's scope owns it
   */
  public Tensor duplicate(Tensor tensor) {
    return tensor.to(torchDevice(), tensor.scalar_type(), false, true, new MemoryFormatOptional());
  }

  /**
   * How much memory is free here, whoever else uses the device.
   *
   * @return bytes
   */
  public long freeMemory() {
    Native.load();
    if (type == Type.CPU) {
      return Pointer.availablePhysicalBytes();
    }
    SizeTPair freeAndAll = torch.getMemoryInfo((byte) index);
    try {
      return freeAndAll.first();
    } finally {
      freeAndAll.close();
    }
  }

  /** Waits until all that was begun here is done; the processor does things at once. */
  public void synchronize() {
    if (type != Type.CPU) {
      torch.synchronizeDevice((byte) index);
    }
  }

  /** This device, for libtorch; the caller's scope owns the result. */
  org.bytedeco.pytorch.Device torchDevice() {
    return type == Type.CPU
        ? new org.bytedeco.pytorch.Device(torch.DeviceType.CPU)
        : new org.bytedeco.pytorch.Device(torch.DeviceType.CUDA, (byte) index);
  }

  /** Options for a tensor of this type here; the caller's scope owns the result. */
  public TensorOptions options(torch.ScalarType scalarType) {
    return new TensorOptions(torchDevice())
        .dtype(new org.bytedeco.pytorch.ScalarTypeOptional(scalarType));
  }

  // Written out: a record's own come about by method handles, 20 ms for the first to be asked.

  @Override
  public boolean equals(Object other) {
    return other instanceof Device device && device.type == type && device.index == index;
  }

  @Override
  public int hashCode() {
    return 31 * type.ordinal() + index;
  }

  @Override
  public String toString() {
    return type == Type.CPU ? "cpu" : "cuda:" + index;
  }
}

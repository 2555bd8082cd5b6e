package io.github.torchscribe.samples;

import io.github.torchscribe.runtime.torch.Device;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of all samples that train. */
public class RunOptions {
  /** Passes over the training set. */
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training set (default: ${DEFAULT-VALUE}).")
  public int epochs = 10;

  /** Examples per step. */
  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Examples per step (default: ${DEFAULT-VALUE}).")
  public int batchSize = 200;

  /** What weights and orders are drawn from. */
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What weights and orders are drawn from (default: ${DEFAULT-VALUE}).")
  public long seed = 1;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "cpu, cuda, cuda:INDEX or best (default: ${DEFAULT-VALUE}).")
  private String device = "cpu";

  @Mixin private ThreadsOption threads = new ThreadsOption();

  /**
   * The device.
   *
   * @return the one that was named
   */
  public Device device() {
    return Device.of(device);
  }

  /** Sets the number of threads, where one was given. */
  public void applyThreads() {
    threads.apply();
  }
}

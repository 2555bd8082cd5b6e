package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.runtime.Device;
import io.github.torchscribe.runtime.Threads;
import io.github.torchscribe.runtime.data.Mnist;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of all samples that train on MNIST. */
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
  String device = "cpu";

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Holds MNIST's four idx files (default: the bundled ones).")
  Path data;

  @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all cores).")
  Integer threads;

  /**
   * The training set.
   *
   * @return from the folder that was given, or the bundled one
   */
  public Mnist train() {
    return data == null ? Mnist.train() : Mnist.train(data);
  }

  /**
   * The test set.
   *
   * @return from the folder that was given, or the bundled one
   */
  public Mnist test() {
    return data == null ? Mnist.test() : Mnist.test(data);
  }

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
    if (threads != null) {
      Threads.set(threads);
    }
  }
}

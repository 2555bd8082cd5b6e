package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.runtime.Device;
import io.github.torchscribe.runtime.Threads;
import io.github.torchscribe.runtime.data.Mnist;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that the MNIST samples share. */
final class MnistOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training set (default: ${DEFAULT-VALUE}).")
  int epochs = 10;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Examples per step (default: ${DEFAULT-VALUE}).")
  int batchSize = 200;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "Learning rate (default: ${DEFAULT-VALUE}).")
  double lr = 1e-2;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What weights and orders are drawn from (default: ${DEFAULT-VALUE}).")
  long seed = 1;

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

  Mnist train() {
    return data == null ? Mnist.train() : Mnist.train(data);
  }

  Mnist test() {
    return data == null ? Mnist.test() : Mnist.test(data);
  }

  Device device() {
    return Device.of(device);
  }

  void applyThreads() {
    if (threads != null) {
      Threads.set(threads);
    }
  }
}

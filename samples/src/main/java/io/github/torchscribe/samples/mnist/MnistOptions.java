package io.github.torchscribe.samples.mnist;

import picocli.CommandLine.Option;

/** The options of samples whose learning rate stays the same. */
public final class MnistOptions extends MnistRunOptions {
  /** Learning rate. */
  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "Learning rate (default: ${DEFAULT-VALUE}).")
  public double lr = 1e-2;
}

package io.github.torchscribe.samples.mnist;

import picocli.CommandLine.Command;

/** Trains {@link Cnn} on MNIST. */
@Command(
    name = "cnn",
    mixinStandardHelpOptions = true,
    description =
        "Convolutions, batch normalisation, dropout and Adam on MNIST: 99 %% in 4 epochs.")
public final class CnnSample extends NetworkSample {
  /** The sample, with what the network's annotations say as defaults. */
  public CnnSample() {
    super(CnnModel::create);
  }
}

package io.github.torchscribe.samples.mnist;

import picocli.CommandLine.Command;

/** Trains {@link Resnet} on MNIST, or with {@code --fashion} on Fashion-MNIST. */
@Command(
    name = "resnet",
    mixinStandardHelpOptions = true,
    description =
        "A residual network put together with @Use, @Residual and @Shortcut, on MNIST or Fashion-MNIST.")
public final class ResnetSample extends NetworkSample {
  /** The sample, with what the network's annotations say as defaults. */
  public ResnetSample() {
    super(ResnetModel::create);
  }
}

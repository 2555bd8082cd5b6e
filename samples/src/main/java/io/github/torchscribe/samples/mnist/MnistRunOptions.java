package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.samples.RunOptions;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of all samples that train on MNIST. */
public class MnistRunOptions extends RunOptions {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Holds MNIST's four idx files (default: the bundled ones).")
  Path data;

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
}

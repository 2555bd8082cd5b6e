package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.samples.WatchOptions;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import picocli.CommandLine.Mixin;

/** Trains a network on MNIST as its annotations say, unless options say otherwise. */
abstract class NetworkSample implements Callable<Integer> {
  private final LongFunction<Model> network;

  @Mixin private MnistRunOptions options = new MnistRunOptions();
  @Mixin private WatchOptions watch = new WatchOptions();

  /**
   * A sample.
   *
   * @param network makes the model from a seed
   */
  NetworkSample(LongFunction<Model> network) {
    this.network = network;
    options.epochs = 4;
    options.batchSize = 100;
  }

  @Override
  public final Integer call() {
    options.applyThreads();
    try (Model model = network.apply(options.seed);
        Mnist train = options.train();
        Mnist test = options.test()) {
      System.out.println(model.summary());
      model.to(options.device());
      Trainer trainer = Trainer.of(model).epochs(options.epochs).batchSize(options.batchSize);
      watch.logs().forEach(trainer::log);
      trainer.run(train, test);
    }
    return 0;
  }
}

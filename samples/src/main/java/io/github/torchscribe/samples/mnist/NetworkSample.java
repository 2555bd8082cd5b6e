package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.FashionMnist;
import io.github.torchscribe.samples.CheckpointOptions;
import io.github.torchscribe.samples.WatchOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Trains a network on MNIST or Fashion-MNIST as its annotations say, unless options say otherwise.
 */
abstract class NetworkSample implements Callable<Integer> {
  private final LongFunction<Model> network;

  @Mixin private MnistRunOptions options = new MnistRunOptions();

  @Option(
      names = "--fashion",
      description =
          "Trains on Fashion-MNIST; its files are fetched at first unless --data has them.")
  private boolean fashion;

  @Mixin private WatchOptions watch = new WatchOptions();
  @Mixin private CheckpointOptions checkpoints = new CheckpointOptions();

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
        Dataset train =
            fashion ? clothes(FashionMnist::train, FashionMnist::train) : options.train();
        Dataset test = fashion ? clothes(FashionMnist::test, FashionMnist::test) : options.test()) {
      System.out.println(model.summary());
      model.to(options.device());
      Trainer trainer = Trainer.of(model).epochs(options.epochs).batchSize(options.batchSize);
      watch.logs().forEach(trainer::log);
      checkpoints.apply(trainer);
      checkpoints.explain(trainer.run(train, test));
    }
    return 0;
  }

  private Dataset clothes(
      Supplier<FashionMnist> standard, Function<Path, FashionMnist> fromFolder) {
    return options.data == null ? standard.get() : fromFolder.apply(options.data);
  }
}

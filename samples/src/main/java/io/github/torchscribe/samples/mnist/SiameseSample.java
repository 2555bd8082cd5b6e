package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.samples.WatchOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains {@link Siamese} on pairs of MNIST's images. */
@Command(
    name = "siamese",
    mixinStandardHelpOptions = true,
    description = "One encoder for two images and a forward of its own: is it the same digit?")
public final class SiameseSample implements Callable<Integer> {
  @Mixin private MnistRunOptions options = new MnistRunOptions();
  @Mixin private WatchOptions watch = new WatchOptions();

  /** The sample, with what the network's annotations say as defaults. */
  public SiameseSample() {
    options.epochs = 3;
    options.batchSize = 100;
  }

  @Override
  public Integer call() {
    options.applyThreads();
    try (Model model = SiameseModel.create(options.seed);
        Dataset train = new Pairs(options.train(), options.seed);
        Dataset test = new Pairs(options.test(), options.seed + 1)) {
      System.out.println(model.summary());
      model.to(options.device());
      Trainer trainer = Trainer.of(model).epochs(options.epochs).batchSize(options.batchSize);
      watch.logs().forEach(trainer::log);
      trainer.run(train, test);
    }
    return 0;
  }
}

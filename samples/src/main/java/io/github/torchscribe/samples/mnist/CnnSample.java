package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.samples.WatchOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains {@link Cnn} on MNIST. */
@Command(
    name = "cnn",
    mixinStandardHelpOptions = true,
    description =
        "Convolutions, batch normalisation, dropout and Adam on MNIST: 99 %% in 4 epochs.")
public final class CnnSample implements Callable<Integer> {
  @Mixin private RunOptions options = new RunOptions();
  @Mixin private WatchOptions watch = new WatchOptions();

  /** The sample, with what the network's annotations say as defaults. */
  public CnnSample() {
    options.epochs = 4;
    options.batchSize = 100;
  }

  @Override
  public Integer call() {
    options.applyThreads();
    try (CnnModel model = CnnModel.create(options.seed);
        Mnist train = options.train();
        Mnist test = options.test()) {
      model.to(options.device());
      Trainer trainer = Trainer.of(model).epochs(options.epochs).batchSize(options.batchSize);
      watch.logs().forEach(trainer::log);
      trainer.run(train, test);
    }
    return 0;
  }
}

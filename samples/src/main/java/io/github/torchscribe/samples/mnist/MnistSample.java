package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.samples.CheckpointOptions;
import io.github.torchscribe.samples.WatchOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains {@link Mlp} on MNIST. */
@Command(
    name = "mnist",
    mixinStandardHelpOptions = true,
    description = "Trains the network declared in Mlp.java on MNIST's handwritten digits.")
public final class MnistSample implements Callable<Integer> {
  @Mixin private MnistOptions options = new MnistOptions();

  @Mixin private WatchOptions watch = new WatchOptions();
  @Mixin private CheckpointOptions checkpoints = new CheckpointOptions();

  @Override
  public Integer call() {
    options.applyThreads();
    try (Mnist train = options.train();
        Mnist test = options.test();
        MlpModel model = MlpModel.create(options.seed)) {
      model.to(options.device());
      Trainer trainer =
          Trainer.of(model)
              .epochs(options.epochs)
              .batchSize(options.batchSize)
              .learningRate(options.lr);
      watch.logs().forEach(trainer::log);
      checkpoints.apply(trainer);
      checkpoints.explain(trainer.run(train, test));
    }
    return 0;
  }
}

package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.log.ConsoleLog;
import io.github.torchscribe.runtime.visdom.VisdomLogger;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains {@link Mlp} on MNIST. */
@Command(
    name = "mnist",
    mixinStandardHelpOptions = true,
    description = "Trains the network declared in Mlp.java on MNIST's handwritten digits.")
public final class MnistSample implements Callable<Integer> {
  @Mixin private MnistOptions options = new MnistOptions();

  @Option(
      names = "--visdom",
      arity = "0..1",
      paramLabel = "URI",
      fallbackValue = "http://localhost:8097",
      description = "Draws the run in a Visdom server (${FALLBACK-VALUE} unless one is given).")
  private URI visdom;

  @Override
  public Integer call() {
    options.applyThreads();
    try (MlpModel model = MlpModel.create(options.seed);
        Mnist train = options.train();
        Mnist test = options.test()) {
      model.to(options.device());
      Trainer trainer =
          Trainer.of(model)
              .epochs(options.epochs)
              .batchSize(options.batchSize)
              .learningRate(options.lr)
              .log(new ConsoleLog());
      if (visdom != null) {
        trainer.log(VisdomLogger.to(visdom));
      }
      trainer.run(train, test);
    }
    return 0;
  }
}

package io.github.torchscribe.samples.mnist;

import static io.github.torchscribe.runtime.visdom.Options.title;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.visdom.Options;
import io.github.torchscribe.runtime.visdom.Update;
import io.github.torchscribe.runtime.visdom.Visdom;
import java.net.URI;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The tutorial's section on Visdom: one line, several lines, and images with their labels, of a
 * network that is being trained.
 */
@Command(
    name = "visdom",
    mixinStandardHelpOptions = true,
    description = "Draws a training run in a Visdom server: lines, images, labels.")
public final class VisdomSample implements Callable<Integer> {
  private static final int EVERY = 25;
  private static final int IMAGES = 40;
  private static final int PER_ROW = 10;

  @Option(
      names = "--server",
      paramLabel = "URI",
      description = "A running Visdom server (default: ${DEFAULT-VALUE}).")
  private URI server = URI.create("http://localhost:8097");

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description = "The environment that is drawn into (default: ${DEFAULT-VALUE}).")
  private String env = "main";

  @Mixin private MnistOptions options = new MnistOptions();

  /** The sample, with fewer epochs than the main one has. */
  public VisdomSample() {
    options.epochs = 3;
  }

  @Override
  public Integer call() {
    options.applyThreads();
    Device device = options.device();
    try (Visdom viz = Visdom.at(server).env(env).connect();
        MlpModel model = MlpModel.create(options.seed);
        Mnist train = options.train();
        Mnist test = options.test();
        Randomness randomness = new Randomness(options.seed);
        DataLoader trainLoader = DataLoader.shuffled(train, options.batchSize, randomness, device);
        DataLoader testLoader = DataLoader.sequential(test, options.batchSize, null, device)) {
      model.to(device);

      // One line, which grows while training; what an earlier run drew goes.
      viz.close("train_loss");

      // Several lines: a row for each x, a column for each line.
      Evaluation untrained = model.evaluate(testLoader);
      viz.line(
          new double[][] {{untrained.loss(), untrained.accuracy()}},
          new double[] {0},
          "test",
          title("test loss & accuracy").legend("loss", "accuracy").xlabel("epoch"));

      long step = 0;
      for (int epoch = 1; epoch <= options.epochs; epoch++) {
        for (Batch batch : trainLoader) {
          float loss = model.step(batch.inputs(), batch.targets());
          if (step++ % EVERY == 0) {
            double x = step - 1;
            viz.line(
                new double[] {loss},
                new double[] {x},
                "train_loss",
                Update.APPEND,
                "loss",
                title("train loss").xlabel("step"));
          }
        }
        Evaluation evaluation = model.evaluate(testLoader);
        append(viz, "test", "loss", epoch, evaluation.loss());
        append(viz, "test", "accuracy", epoch, evaluation.accuracy());
        draw(viz, model, testLoader.iterator().next());
        System.out.println("epoch " + epoch + ": " + evaluation);
      }
      System.out.println("drawn in the environment '" + env + "' of " + server);
    }
    return 0;
  }

  private static void append(Visdom viz, String win, String line, double x, double y) {
    viz.line(new double[] {y}, new double[] {x}, win, Update.APPEND, line, Options.none());
  }

  /** Images as they are in the file, and below what the network takes them for. */
  private static void draw(Visdom viz, MlpModel model, Batch batch) {
    try (PointerScope scope = new PointerScope()) {
      Tensor some = batch.inputs().narrow(0, 0, Math.min(IMAGES, batch.size()));
      Tensor grey = Pixels.grey(some);
      scope.attach(grey);
      viz.images(
          grey.clamp_(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0))),
          PER_ROW,
          2,
          "images",
          title("test images"));
      viz.text(table(model.predict(some)), "predictions", title("predictions"));
    }
  }

  private static String table(long[] predictions) {
    StringBuilder text = new StringBuilder("<pre>");
    for (int i = 0; i < predictions.length; i++) {
      text.append(predictions[i]).append(i % PER_ROW == PER_ROW - 1 ? "\n" : "  ");
    }
    return text.append("</pre>").toString();
  }
}

package io.github.torchscribe.runtime.visdom;

import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Predictions;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Draws a training run in a Visdom server: the loss of the steps, loss and accuracy on the test
 * data with a legend, the learning rate; where examples are images, some of the test data with what
 * they are taken for, after each epoch; at the end a confusion matrix.
 *
 * <p>A thread of its own sends, once a second, what has changed; less often to a server that takes
 * long, which may sit on the cores that train. A server that is slow, down or started anew in the
 * middle neither slows nor stops training: there is one warning, the next tries come at growing
 * intervals, and when the server is back it gets what it missed, once. When the run ends, what is
 * left is sent if that takes no more than some seconds.
 *
 * <pre>{@code
 * Trainer.of(model).log(VisdomLogger.to(URI.create("http://localhost:8097"))).run(train, test);
 * }</pre>
 */
public final class VisdomLogger implements TrainingLog {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final VisdomSettings settings;
  private Curves trainLoss;
  private Curves test;
  private Curves learningRate;
  private Snapshot confusion;
  private TestImages images;
  private List<Window> windows = List.of();

  private Run run;
  private Sender sender;
  private long steps;
  private double lastRate;

  private VisdomLogger(VisdomSettings settings) {
    this.settings = settings;
  }

  /**
   * A logger.
   *
   * @param server for example {@code http://localhost:8097}
   * @return for {@code trainer.log}
   */
  public static VisdomLogger to(URI server) {
    return to(Visdom.at(server).patience(PATIENCE));
  }

  /**
   * A logger with other settings. A log file gets each window once, when the run ends, whatever the
   * server got.
   *
   * @param settings of the connection
   * @return for {@code trainer.log}
   */
  public static VisdomLogger to(VisdomSettings settings) {
    return new VisdomLogger(settings);
  }

  @Override
  public void began(Run planned) {
    run = planned;
    steps = 0;
    lastRate = Double.NaN;
    trainLoss = new Curves("train_loss", Options.title("train loss").xlabel("step"), "loss");
    test =
        run.learner().decides()
            ? new Curves(
                "test", Options.title("test loss & accuracy").xlabel("epoch"), "loss", "accuracy")
            : new Curves("test", Options.title("test loss").xlabel("epoch"), "loss");
    learningRate =
        new Curves(
            "learning_rate", Options.title("learning rate").xlabel("step").ytype("log"), "lr");
    confusion = new Snapshot("confusion");
    windows = new ArrayList<>(List.of(trainLoss, test, learningRate, confusion));
    images = run.learner().decides() ? TestImages.of(run).orElse(null) : null;
    if (images != null) {
      windows.addAll(images.windows());
    }
    sender = new Sender(settings, windows);
  }

  @Override
  public void step(Step step) {
    trainLoss.add(0, steps, step.loss());
    if (step.learningRate() != lastRate || step.number() == 0) {
      learningRate.add(0, steps, step.learningRate());
      lastRate = step.learningRate();
    }
    steps++;
  }

  @Override
  public void epoch(History.Epoch epoch) {
    test.add(0, epoch.number() + 1, epoch.evaluation().loss());
    if (run.learner().decides()) {
      test.add(1, epoch.number() + 1, epoch.evaluation().accuracy());
    }
    if (images != null) {
      images.update(run.learner(), epoch.number() + 1);
    }
  }

  @Override
  public void ended(Optional<Throwable> failure) {
    if (sender == null) {
      return;
    }
    if (failure.isEmpty() && run.learner().decides()) {
      showConfusion(Predictions.of(run.learner(), run.test(), run.batchSize()).confusion());
    }
    sender.finish(PATIENCE);
    sender = null;
    Path file = settings.log;
    if (file != null) {
      MessageFile messages = new MessageFile(file);
      windows.stream()
          .filter(window -> !window.isEmpty())
          .forEach(window -> messages.append(window.take(settings.env)));
    }
  }

  private void showConfusion(long[][] counts) {
    double[][] values = new double[counts.length][counts.length];
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        values[i][j] = counts[i][j];
      }
    }
    List<String> names = IntStream.range(0, counts.length).mapToObj(Integer::toString).toList();
    Options options =
        Options.title("confusion matrix")
            .columnnames(names)
            .rownames(names)
            .xlabel("predicted")
            .ylabel("is");
    confusion.show(env -> Plots.heatmap(values, confusion.win(), env, options));
  }
}

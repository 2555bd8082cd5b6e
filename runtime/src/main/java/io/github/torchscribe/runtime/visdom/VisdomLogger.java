package io.github.torchscribe.runtime.visdom;

import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Predictions;
import io.github.torchscribe.runtime.library.Library;
import io.github.torchscribe.runtime.log.TestImages;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws a training run in a Visdom server: the loss of the steps, loss and accuracy on the test
 * data with a legend, the learning rate; where examples are images, some of the test data with what
 * they are taken for, after each epoch; at the end a confusion matrix. Of several losses each has a
 * line of its own, and each output that decides a matrix; each metric has a window.
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
  private Map<String, Curves> metrics = Map.of();
  private List<String> losses = List.of();
  private List<String> deciding = List.of();
  private Map<String, Snapshot> confusion = Map.of();
  private ImageWindows images;
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
   * @throws IllegalStateException when OkHttp is not there; the message says what to add
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
   * @throws IllegalStateException when OkHttp is not there; the message says what to add
   */
  public static VisdomLogger to(VisdomSettings settings) {
    Library.OKHTTP.require("Visdom");
    return new VisdomLogger(settings);
  }

  @Override
  public void began(Run planned) {
    run = planned;
    steps = 0;
    lastRate = Double.NaN;
    losses = run.learner().losses();
    deciding = losses.stream().filter(run.learner()::decides).toList();
    trainLoss = new Curves("train_loss", Options.title("train loss").xlabel("step"), names());
    test = testCurves();
    learningRate =
        new Curves(
            "learning_rate", Options.title("learning rate").xlabel("step").ytype("log"), "lr");
    windows = new ArrayList<>(List.of(trainLoss, test, learningRate));
    metrics = new LinkedHashMap<>();
    run.metrics().forEach(metric -> metrics.put(metric.name(), curveOf(metric)));
    windows.addAll(metrics.values());
    confusion = new LinkedHashMap<>();
    if (losses.isEmpty()) {
      confusion.put("", new Snapshot("confusion"));
    }
    deciding.forEach(name -> confusion.put(name, new Snapshot("confusion_" + name)));
    windows.addAll(confusion.values());
    images = TestImages.of(run).map(ImageWindows::new).orElse(null);
    if (images != null) {
      windows.addAll(images.windows());
    }
    sender = new Sender(settings, windows);
  }

  /** The loss, and each of several behind their sum. */
  private String[] names(String... behind) {
    return Stream.of(Stream.of("loss"), losses.stream(), Stream.of(behind))
        .flatMap(names -> names)
        .toArray(String[]::new);
  }

  /** Losses, and behind them the accuracy, or that of each of several outputs that decide. */
  private Curves testCurves() {
    String[] accuracies =
        hasOneAccuracy()
            ? new String[] {"accuracy"}
            : deciding.stream().map(name -> name + " accuracy").toArray(String[]::new);
    String title = accuracies.length > 0 ? "test loss & accuracy" : "test loss";
    return new Curves("test", Options.title(title).xlabel("epoch"), names(accuracies));
  }

  private static Curves curveOf(TrainingLog.Measured metric) {
    String direction =
        metric
            .higherIsBetter()
            .map(higher -> higher ? " (higher is better)" : " (lower is better)")
            .orElse("");
    return new Curves(
        "metric_" + metric.name(),
        Options.title(metric.name() + direction).xlabel("epoch"),
        metric.name());
  }

  private boolean hasOneAccuracy() {
    return losses.isEmpty() && run.learner().decides();
  }

  @Override
  public void step(Step step) {
    int line = 0;
    trainLoss.add(line++, steps, step.loss());
    for (String name : losses) {
      trainLoss.add(line++, steps, step.losses().get(name));
    }
    if (step.learningRate() != lastRate || step.number() == 0) {
      learningRate.add(0, steps, step.learningRate());
      lastRate = step.learningRate();
    }
    steps++;
  }

  @Override
  public void epoch(History.Epoch epoch) {
    Evaluation whole = epoch.evaluation();
    List<Double> points = new ArrayList<>(List.of(whole.loss()));
    losses.forEach(name -> points.add(whole.parts().get(name).loss()));
    if (hasOneAccuracy()) {
      points.add(whole.accuracy());
    }
    deciding.forEach(name -> points.add(whole.parts().get(name).accuracy()));
    for (int line = 0; line < points.size(); line++) {
      test.add(line, epoch.number() + 1, points.get(line));
    }
    metrics.forEach(
        (name, curve) ->
            curve.add(0, epoch.number() + 1, epoch.metrics().getOrDefault(name, Double.NaN)));
    if (images != null) {
      images.update(run.learner(), epoch.number() + 1);
    }
  }

  @Override
  public void ended(Optional<Throwable> failure) {
    if (sender == null) {
      return;
    }
    if (failure.isEmpty()) {
      Predictions.ofEach(run.learner(), run.test(), run.batchSize())
          .forEach((name, some) -> showConfusion(name, some.confusion()));
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

  private void showConfusion(String output, long[][] counts) {
    double[][] values = new double[counts.length][counts.length];
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        values[i][j] = counts[i][j];
      }
    }
    List<String> names = IntStream.range(0, counts.length).mapToObj(Integer::toString).toList();
    Options options =
        Options.title(output.isEmpty() ? "confusion matrix" : "confusion matrix of " + output)
            .columnnames(names)
            .rownames(names)
            .xlabel("predicted")
            .ylabel("is");
    Snapshot window = confusion.get(output);
    window.show(env -> Plots.heatmap(values, window.win(), env, options));
  }
}

package io.github.torchscribe.runtime.visdom;

import io.github.torchscribe.runtime.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Draws a training run in a Visdom server: the loss of the steps, loss and accuracy on the test
 * data with a legend, the learning rate.
 *
 * <p>A thread of its own sends, a few times a second, what the server lacks. A server that is slow,
 * down or started anew in the middle neither slows nor stops training: there is one warning, the
 * next tries come at growing intervals, and when the server is back it gets what it missed, once.
 * When the run ends, what is left is sent if that takes no more than some seconds.
 *
 * <pre>{@code
 * Trainer.of(model).log(VisdomLogger.to(URI.create("http://localhost:8097"))).run(train, test);
 * }</pre>
 */
public final class VisdomLogger implements TrainingLog {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Curves trainLoss =
      new Curves("train_loss", Options.title("train loss").xlabel("step"), "loss");
  private final Curves test =
      new Curves("test", Options.title("test loss & accuracy").xlabel("epoch"), "loss", "accuracy");
  private final Curves learningRate =
      new Curves("learning_rate", Options.title("learning rate").xlabel("step"), "lr");
  private final List<Curves> windows = List.of(trainLoss, test, learningRate);

  private final VisdomSettings settings;
  private Sender sender;
  private long steps;
  private double lastRate = Double.NaN;

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
  public void began(Run run) {
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
    test.add(1, epoch.number() + 1, epoch.evaluation().accuracy());
  }

  @Override
  public void ended() {
    sender.finish(PATIENCE);
    Path file = settings.log;
    if (file != null) {
      MessageFile messages = new MessageFile(file);
      windows.forEach(window -> messages.append(window.whole(settings.env)));
    }
  }
}

package io.github.torchscribe.tensorboard;

import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.learner.Predictions;
import io.github.torchscribe.runtime.log.TestImages;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a training run for TensorBoard: the loss of the steps and the learning rate; after each
 * epoch loss and accuracy on the test data, what else is measured, histograms of what is learned
 * and of its gradients in the epoch's last step, and, where examples are images, some of the test
 * data with what they are taken for; the network's graph and its table; hyperparameters; at the end
 * a confusion matrix. Of several losses each has a curve of its own, and each output that decides a
 * matrix.
 *
 * <p>All is told by the number of the step, counted from 0 through all epochs; what an epoch came
 * to stands at its last step. A run that goes on from a checkpoint adds a file to the same folder;
 * what the run before had done beyond the checkpoint is hidden. So is all of another run that was
 * in the folder: runs that are to be compared get a folder each.
 *
 * <p>Steps are handed to the system once a second. A folder that cannot be written, and a disk that
 * is full, cost one warning, and training goes on; it has the same numbers as without.
 *
 * <pre>{@code
 * Trainer.of(model).log(TensorBoardLogger.to(Path.of("runs/first"))).run(train, test);
 * }</pre>
 */
public final class TensorBoardLogger implements TrainingLog {
  private final Path folder;
  private int histogramsEvery = 1;

  private Run run;
  private SummaryWriter writer;
  private TestImages images;
  private double lastRate;
  private long lastStep;
  private boolean isNew;

  private TensorBoardLogger(Path folder) {
    this.folder = folder;
  }

  /**
   * A logger.
   *
   * @param logDir the folder of the run, which is made where it is missing; {@code tensorboard
   *     --logdir} wants it or one above
   * @return for {@code trainer.log}
   */
  public static TensorBoardLogger to(Path logDir) {
    return new TensorBoardLogger(logDir);
  }

  /**
   * How often there are histograms. They take some nanoseconds for each number that is learned.
   *
   * @param epochs after how many; 1 unless stated otherwise; 0: never
   * @return this logger
   * @throws IllegalArgumentException when it is negative
   */
  public TensorBoardLogger histogramsEvery(int epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException(
          "histograms are written after each so many epochs, or never (0), but not " + epochs);
    }
    histogramsEvery = epochs;
    return this;
  }

  @Override
  public void began(Run planned) {
    run = planned;
    lastRate = Double.NaN;
    lastStep = run.done() - 1;
    images = TestImages.of(run).orElse(null);
    attempt(
        () -> {
          RunFiles files = RunFiles.begin(folder, run.done());
          writer = files.writer();
          Learner learner = run.learner();
          isNew = !files.goesOn();
          if (isNew) {
            writer.addGraph(learner);
            writer.addText("Network", "```\n" + learner.summary() + "\n```", 0);
          }
        });
  }

  @Override
  public void step(Step step) {
    if (writer == null) {
      return;
    }
    lastStep = step.epoch() * run.steps() + step.number();
    attempt(
        () -> {
          if (isNew) {
            Map<String, Object> settings = Compared.settings(run, step.learningRate());
            writer.beginSession(settings, Compared.metrics(run));
            isNew = false;
          }
          writer.addScalar("Loss/train", step.loss(), lastStep);
          step.losses()
              .forEach((name, loss) -> writer.addScalar("Loss/train/" + name, loss, lastStep));
          if (step.learningRate() != lastRate || step.number() == 0) {
            writer.addScalar("Learning rate", step.learningRate(), lastStep);
            lastRate = step.learningRate();
          }
        });
  }

  @Override
  public boolean wantsGradients(Run of, int epoch, int number) {
    return writer != null && number == of.steps() - 1 && hasHistograms(epoch);
  }

  private boolean hasHistograms(int epoch) {
    return histogramsEvery > 0 && (epoch + 1) % histogramsEvery == 0;
  }

  @Override
  public void gradients(Step step) {
    if (!wantsGradients(run, step.epoch(), step.number())) {
      return; // another log does
    }
    attempt(
        () -> {
          for (Parameter parameter : run.learner().parameters()) {
            if (parameter.learns()) {
              Histogram spread = Numbers.histogram(parameter.gradient());
              addHistogram("Gradients/" + parameter.name(), spread);
            }
          }
        });
  }

  /** A network that has run away has no numbers to count; its loss says so. */
  private void addHistogram(String tag, Histogram spread) {
    if (!spread.isEmpty()) {
      writer.addHistogram(tag, spread, lastStep);
    }
  }

  @Override
  public void epoch(History.Epoch epoch) {
    if (writer == null) {
      return;
    }
    lastStep = Math.max(lastStep, 0); // of a run that was stopped before its first step
    attempt(
        () -> {
          Evaluation whole = epoch.evaluation();
          Learner learner = run.learner();
          writer.addScalar("Loss/test", whole.loss(), lastStep);
          whole
              .parts()
              .forEach(
                  (name, part) -> writer.addScalar("Loss/test/" + name, part.loss(), lastStep));
          for (String output : learner.deciding()) {
            Evaluation part = output.isEmpty() ? whole : whole.parts().get(output);
            writer.addScalar(Compared.accuracy(output), part.accuracy(), lastStep);
          }
          epoch
              .metrics()
              .forEach((name, value) -> writer.addScalar(Compared.metric(name), value, lastStep));
          writer.addScalar("Seconds/epoch", epoch.trainTime().toNanos() / 1e9, lastStep);
          if (hasHistograms(epoch.number())) {
            for (Parameter parameter : learner.parameters()) {
              addHistogram("Weights/" + parameter.name(), Numbers.histogram(parameter.value()));
            }
          }
          if (images != null) {
            Predictions some = images.predictions(learner);
            writer.addImage("Test images", images.draw(some), lastStep);
            writer.addText("Predictions", Tables.predictions(some), lastStep);
          }
          writer.flush();
        });
  }

  @Override
  public void ended(Optional<Throwable> failure) {
    if (writer == null) {
      return;
    }
    try {
      if (failure.isEmpty() && lastStep >= 0) {
        attempt(this::addConfusion);
      }
    } finally {
      if (writer != null) {
        attempt(() -> writer.endSession(failure.isEmpty()));
      }
      close();
    }
  }

  private void addConfusion() {
    Predictions.ofEach(run.learner(), run.test(), run.batchSize())
        .forEach(
            (output, some) ->
                writer.addText(
                    output.isEmpty() ? "Confusion matrix" : "Confusion matrix/" + output,
                    Tables.confusion(some),
                    lastStep));
  }

  /** The first thing that cannot be written is the last that is tried. */
  private void attempt(Runnable writing) {
    try {
      writing.run();
    } catch (UncheckedIOException e) {
      System.getLogger(TensorBoardLogger.class.getName())
          .log(Level.WARNING, "Training goes on without TensorBoard: " + e.getMessage());
      close();
    }
  }

  private void close() {
    SummaryWriter last = writer;
    writer = null;
    if (last != null) {
      attempt(last::close);
    }
  }
}

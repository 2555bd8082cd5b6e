package io.github.torchscribe.runtime.report;

import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code metrics.csv}: a line for each step and one for each epoch, with what each does not have
 * left empty; of several losses each has columns of its own, behind the others, and behind these
 * each metric has one, {@code metric_} with its name, in quotes where a comma would else end it. On
 * the disk after each epoch and every few seconds.
 */
final class MetricsFile implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final List<String> losses;
  private final List<String> metrics;
  private final String noMetrics;
  private final BufferedWriter out;
  private long steps;
  private long flushed = System.nanoTime();

  MetricsFile(Path file, TrainingLog.Run run) throws IOException {
    losses = run.learner().losses();
    metrics = run.metrics().stream().map(TrainingLog.Measured::name).toList();
    steps = run.done();
    noMetrics = ",".repeat(metrics.size());
    out = Files.newBufferedWriter(file);
    out.write("epoch,step,train_loss,learning_rate,test_loss,test_accuracy,train_seconds");
    for (String name : losses) {
      out.write(",train_loss_" + name + ",test_loss_" + name + ",test_accuracy_" + name);
    }
    for (String name : metrics) {
      out.write("," + quoted("metric_" + name));
    }
    out.write("\n");
  }

  /** As RFC 4180 has it. */
  private static String quoted(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  void add(TrainingLog.Step step) throws IOException {
    out.write(
        (step.epoch() + 1) + "," + steps++ + "," + step.loss() + "," + step.learningRate() + ",,,");
    for (String name : losses) {
      out.write("," + step.losses().get(name) + ",,");
    }
    out.write(noMetrics);
    out.write("\n");
    if (System.nanoTime() - flushed > PAUSE.toNanos()) {
      flush();
    }
  }

  void add(History.Epoch epoch) throws IOException {
    out.write(
        (epoch.number() + 1)
            + ","
            + (steps - 1)
            + ","
            + epoch.trainLoss()
            + ",,"
            + test(epoch.evaluation())
            + ","
            + epoch.trainTime().toNanos() / 1e9);
    for (String name : losses) {
      Evaluation part = epoch.evaluation().parts().get(name);
      out.write("," + epoch.trainLosses().get(name) + "," + test(part));
    }
    for (String name : metrics) {
      Double value = epoch.metrics().get(name);
      out.write("," + (value == null ? "" : value));
    }
    out.write("\n");
    flush();
  }

  /** Loss and accuracy. */
  private static String test(Evaluation evaluation) {
    return evaluation.loss() + "," + (evaluation.decisions() == 0 ? "" : evaluation.accuracy());
  }

  private void flush() throws IOException {
    out.flush();
    flushed = System.nanoTime();
  }

  /** Lets go of a file that cannot be written. */
  void abandon() {
    try {
      out.close();
    } catch (IOException e) {
      return; // it has been said already
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

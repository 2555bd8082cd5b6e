package io.github.torchscribe.runtime.report;

import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code metrics.csv}: a line for each step and one for each epoch, with what each does not have
 * left empty. On the disk after each epoch and every few seconds.
 */
final class MetricsFile implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final BufferedWriter out;
  private long steps;
  private long flushed = System.nanoTime();

  MetricsFile(Path file) throws IOException {
    out = Files.newBufferedWriter(file);
    out.write("epoch,step,train_loss,learning_rate,test_loss,test_accuracy,train_seconds\n");
  }

  void add(TrainingLog.Step step) throws IOException {
    out.write(
        (step.epoch() + 1)
            + ","
            + steps++
            + ","
            + step.loss()
            + ","
            + step.learningRate()
            + ",,,\n");
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
            + epoch.evaluation().loss()
            + ","
            + (epoch.evaluation().decisions() == 0 ? "" : epoch.evaluation().accuracy())
            + ","
            + epoch.trainTime().toNanos() / 1e9
            + "\n");
    flush();
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

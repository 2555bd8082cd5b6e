package io.github.torchscribe.runtime.log;

import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.terminal.ProgressLine;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Prints what PyTorch's MNIST tutorial prints: the loss of every 100th step, and loss and accuracy
 * on the test data after each epoch. The tutorial's average is a sum of batches' means, divided by
 * the number of examples; where there are several losses each is a mean over what it counts. Where
 * the output is a terminal, and the bar's library there, a progress bar runs below.
 */
public final class ConsoleLog implements TrainingLog {
  private static final int EVERY = 100;

  private final PrintStream out;
  private final ProgressLine progress;

  /** Prints to the standard output; the bar is drawn on the error stream. */
  public ConsoleLog() {
    this(System.out);
  }

  /**
   * Prints to a stream; the bar is drawn on the error stream.
   *
   * @param out is printed to
   */
  public ConsoleLog(PrintStream out) {
    this(out, ProgressLine.onTerminal());
  }

  /**
   * Prints to a stream, and draws the progress bar on another, or on the same.
   *
   * @param out is printed to
   * @param bar leads to something that understands {@code \r} and {@code ESC [K}, as terminals do
   * @throws IllegalStateException when the bar's library is not there; the message says what to add
   */
  public ConsoleLog(PrintStream out, PrintStream bar) {
    this(out, ProgressLine.on(bar));
  }

  private ConsoleLog(PrintStream out, ProgressLine progress) {
    this.out = out;
    this.progress = progress;
  }

  @Override
  public void began(Run run) {
    run.ranks().forEach(out::println);
    progress.begin("training", run.epochs() * run.examples());
  }

  @Override
  public void step(Step step) {
    if (step.number() % EVERY == 0) {
      long examples = step.run().examples();
      double percent = 100.0 * step.number() / step.run().steps();
      progress.aside(
          () ->
              out.println(
                  "Train epoch: "
                      + step.epoch()
                      + " ["
                      + (long) step.number() * step.batchSize()
                      + "/"
                      + examples
                      + " ("
                      + fixed(percent, 0)
                      + "%)]\tLoss: "
                      + fixed(step.loss(), 6)
                      + parts(step.losses(), 6)));
    }
    progress.advance(step.batchSize());
  }

  @Override
  public void epoch(History.Epoch epoch) {
    Evaluation test = epoch.evaluation();
    Map<String, Double> parts = new LinkedHashMap<>();
    test.parts().forEach((name, part) -> parts.put(name, part.loss()));
    String loss = "\nTest set: Average loss: " + fixed(average(test), 4) + parts(parts, 4);
    StringBuilder others = new StringBuilder();
    epoch.metrics().forEach((name, value) -> others.append(", " + name + ": " + fixed(value, 4)));
    progress.aside(() -> out.println(loss + accuracy(test) + others + "\n"));
  }

  /** Of several losses the tutorial knows nothing: what is printed is what all else says. */
  private static double average(Evaluation test) {
    return test.parts().isEmpty() ? test.batchLossSum() / test.size() : test.loss();
  }

  /** Each of several losses, behind their sum. */
  private static String parts(Map<String, ? extends Number> losses, int digits) {
    return losses.isEmpty()
        ? ""
        : losses.entrySet().stream()
            .map(some -> some.getKey() + ": " + fixed(some.getValue().doubleValue(), digits))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String accuracy(Evaluation test) {
    if (test.decisions() == 0) {
      return "";
    }
    Map<String, Evaluation> deciding = new LinkedHashMap<>(test.parts());
    deciding.values().removeIf(part -> part.decisions() == 0);
    return deciding.isEmpty()
        ? ", Accuracy: " + share(test)
        : deciding.entrySet().stream()
            .map(part -> ", Accuracy of " + part.getKey() + ": " + share(part.getValue()))
            .collect(Collectors.joining());
  }

  private static String share(Evaluation test) {
    return test.correct() + "/" + test.decisions() + " (" + fixed(100 * test.accuracy(), 0) + "%)";
  }

  @Override
  public void ended(Optional<Throwable> failure) {
    progress.end();
    out.flush();
  }

  /** As Python's {@code '{:.6f}'}: the exact binary value, ties to the even digit. */
  private static String fixed(double value, int digits) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString()
        : Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }
}

package io.github.torchscribe.runtime.report;

import io.github.torchscribe.runtime.file.FileFailure;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.library.Library;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.page.Page;
import io.github.torchscribe.runtime.page.WholePage;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a folder for each training run, {@code runs/NAME}: {@code metrics.csv} with every step and
 * every epoch, and {@code report.html}, one file that any browser shows without a network: curves,
 * confusion matrix, misclassified images, the network, settings, machine, time. Both are there from
 * the first epoch on, so what a run that is cut off leaves can be read; the page is written again
 * when the last one is some seconds old, and at the end. With it goes {@code run.json}, from which
 * {@link TorchscribeReport} compares runs; that is there from the beginning on.
 *
 * <p>A folder that cannot be written costs one warning in the log, and training goes on. Without
 * Chart.js on the class path the page has everything but the curves, and the log says so.
 */
public final class RunReport implements TrainingLog {
  /** The system property that names the folder of all runs; empty: no reports. */
  public static final String PROPERTY = "torchscribe.runs";

  private static final Duration PAUSE = Duration.ofSeconds(5);
  static final String PAGE = "report.html";

  private final Path runs;
  private final PrintStream out;
  private final Map<String, String> settings = new LinkedHashMap<>();

  private Path folder;
  private MetricsFile metrics;
  private Course course;
  private long lastWritten;

  private RunReport(Path runs, PrintStream out) {
    this.runs = runs;
    this.out = out;
  }

  /**
   * Reports in a folder, and prints where to the standard output when a run ends.
   *
   * @param runs gets a folder for each run; made where it is missing
   * @return for {@code trainer.log}
   */
  public static RunReport in(Path runs) {
    return in(runs, System.out);
  }

  /**
   * Reports in a folder, and prints where when a run ends.
   *
   * @param runs gets a folder for each run; made where it is missing
   * @param out is printed to
   * @return for {@code trainer.log}
   */
  public static RunReport in(Path runs, PrintStream out) {
    return new RunReport(runs, out);
  }

  /**
   * Reports in the folder that the system property {@value #PROPERTY} names, {@code runs} unless it
   * is set.
   *
   * @return for {@code trainer.log}; empty where the property is set to nothing
   */
  public static Optional<RunReport> standard() {
    String runs = System.getProperty(PROPERTY, "runs").strip();
    return runs.isEmpty() ? Optional.empty() : Optional.of(in(Path.of(runs)));
  }

  /**
   * Notes something that runs with this report were asked for and that it cannot know, such as what
   * was done with the data. It stands among the run's settings, and beside those of other runs
   * where {@link TorchscribeReport} compares them.
   *
   * @param name what it is
   * @param value how it is, by its {@code toString}
   * @return this report
   */
  public RunReport setting(String name, Object value) {
    settings.put(name, String.valueOf(value));
    return this;
  }

  @Override
  public void began(Run run) {
    course = new Course(run, settings);
    lastWritten = System.nanoTime();
    attempt(
        () -> {
          folder = RunFolder.create(runs, run.learner().summary().name(), course.began());
          metrics = new MetricsFile(folder.resolve("metrics.csv"), run);
          writeRecord(course.soFar());
        });
    if (folder != null && !Library.CHART_JS.isThere()) {
      System.getLogger(RunReport.class.getName())
          .log(
              Level.INFO,
              "The report has no curves: " + Library.CHART_JS.missing("the drawing of these"));
    }
  }

  @Override
  public void step(Step step) {
    course.add(step);
    if (folder != null) {
      attempt(() -> metrics.add(step));
    }
  }

  @Override
  public void epoch(History.Epoch epoch) {
    course.add(epoch);
    if (folder == null) {
      return;
    }
    attempt(
        () -> {
          metrics.add(epoch);
          if (epoch.number() == 0 || System.nanoTime() - lastWritten > PAUSE.toNanos()) {
            RunPage.Content soFar = course.soFar();
            writePage(soFar);
            writeRecord(soFar);
            lastWritten = System.nanoTime();
          }
        });
  }

  @Override
  public void ended(Optional<Throwable> failure) {
    if (folder == null) {
      return;
    }
    attempt(
        () -> {
          metrics.close();
          RunPage.Content end = course.end(failure);
          writePage(end);
          writeRecord(end);
          out.println("Report: " + folder.resolve(PAGE));
          out.flush();
        });
    folder = null;
  }

  private void writePage(RunPage.Content content) throws IOException {
    WholePage.write(
        folder.resolve(PAGE),
        false,
        out ->
            Page.write(
                RunReport.class.getResourceAsStream(PAGE),
                json -> ContentJson.write(content, json),
                out));
  }

  private void writeRecord(RunPage.Content content) throws IOException {
    RunRecord record = RunRecord.of(content);
    WholePage.write(folder.resolve(RunRecord.FILE), false, out -> Page.json(record::write, out));
  }

  /** Something that writes. */
  private interface Writing {
    void run() throws IOException;
  }

  /** The first thing that cannot be written is the last that is tried. */
  private void attempt(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      folder = null;
      if (metrics != null) {
        metrics.abandon();
      }
      System.getLogger(RunReport.class.getName())
          .log(
              Level.WARNING,
              "Training goes on without a report: "
                  + FileFailure.of(runs, e)
                  + ". Choose another folder with -D"
                  + PROPERTY
                  + "=FOLDER, or none with -D"
                  + PROPERTY
                  + "=");
    }
  }
}

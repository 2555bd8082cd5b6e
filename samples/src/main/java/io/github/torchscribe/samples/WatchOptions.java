package io.github.torchscribe.samples;

import io.github.torchscribe.runtime.log.ConsoleLog;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.report.RunReport;
import io.github.torchscribe.runtime.visdom.VisdomLogger;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of all samples that train: where a run is watched. */
public final class WatchOptions {
  @Option(
      names = "--visdom",
      arity = "0..1",
      paramLabel = "URI",
      fallbackValue = "http://localhost:8097",
      description = "Draws the run in a Visdom server (${FALLBACK-VALUE} unless one is given).")
  private URI visdom;

  @Option(
      names = "--runs",
      paramLabel = "FOLDER",
      description = "Gets a folder with a report of the run (default: runs).")
  private Path runs;

  @Option(names = "--no-report", description = "Writes no report.")
  private boolean silent;

  /**
   * Who is to be told of a run.
   *
   * @return for a trainer
   */
  public List<TrainingLog> logs() {
    List<TrainingLog> logs = new ArrayList<>();
    logs.add(new ConsoleLog());
    if (visdom != null) {
      logs.add(VisdomLogger.to(visdom));
    }
    if (!silent) {
      if (runs != null) {
        logs.add(RunReport.in(runs));
      } else {
        RunReport.standard().ifPresent(logs::add);
      }
    }
    return logs;
  }
}

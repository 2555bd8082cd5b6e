package io.github.torchscribe.samples;

import io.github.torchscribe.runtime.log.ConsoleLog;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.report.RunReport;
import io.github.torchscribe.runtime.visdom.Visdom;
import io.github.torchscribe.runtime.visdom.VisdomLogger;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    report().ifPresent(logs::add);
    return logs;
  }

  /**
   * Writes a report, unless none is wanted.
   *
   * @return for a trainer
   */
  public Optional<RunReport> report() {
    if (silent) {
      return Optional.empty();
    }
    return runs == null ? RunReport.standard() : Optional.of(RunReport.in(runs));
  }

  /**
   * Draws into the Visdom server that was asked for.
   *
   * @return to be closed; null where none was
   */
  public Visdom connect() {
    return visdom == null ? null : Visdom.at(visdom).connect();
  }
}

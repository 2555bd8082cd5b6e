package io.github.torchscribe.samples;

import io.github.torchscribe.runtime.log.ConsoleLog;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.report.RunReport;
import io.github.torchscribe.runtime.visdom.Visdom;
import io.github.torchscribe.runtime.visdom.VisdomLogger;
import io.github.torchscribe.tensorboard.TensorBoardLogger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of all samples that train: where a run is watched. */
public final class WatchOptions {
  @Mixin private VisdomOption visdom = new VisdomOption();

  @Option(
      names = "--tensorboard",
      paramLabel = "FOLDER",
      description = "Gets the run for TensorBoard; each run wants a folder of its own.")
  private Path tensorBoard;

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
    visdom.server().ifPresent(server -> logs.add(VisdomLogger.to(server)));
    if (tensorBoard != null) {
      logs.add(TensorBoardLogger.to(tensorBoard));
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
    return visdom.connect();
  }
}

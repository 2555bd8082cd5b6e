package io.github.torchscribe.samples;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.learner.History;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of samples whose runs can go on after they were interrupted. */
public final class CheckpointOptions {
  @Option(
      names = "--checkpoints",
      paramLabel = "FOLDER",
      description = "Gets checkpoints of the run, after each epoch and when it is interrupted.")
  private Path folder;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description = "Writes one after every N steps, too.")
  private Integer every;

  @Option(
      names = "--resume",
      description = "Goes on from the newest of them, as if the run had never stopped.")
  private boolean resume;

  /**
   * Tells a trainer.
   *
   * @param trainer writes checkpoints where they are asked for, and ends after a step when a signal
   *     comes
   */
  public void apply(Trainer trainer) {
    trainer.stopOnSignal();
    if (folder != null) {
      Checkpoints checkpoints = Checkpoints.in(folder);
      trainer.checkpoints(every == null ? checkpoints : checkpoints.everySteps(every));
    }
    if (resume) {
      trainer.resume();
    }
  }

  /**
   * Says how to go on with a run that was stopped.
   *
   * @param history what it came to
   */
  public void explain(History history) {
    if (history.end() == History.End.STOPPED) {
      System.out.println(
          folder == null
              ? "Stopped; with --checkpoints FOLDER it could go on."
              : "Stopped; --checkpoints " + folder + " --resume goes on.");
    }
  }
}

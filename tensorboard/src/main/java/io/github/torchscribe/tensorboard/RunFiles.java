package io.github.torchscribe.tensorboard;

import io.github.torchscribe.runtime.file.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/**
 * What a run writes to, and whether an earlier part of it is there already.
 *
 * @param writer is new
 * @param goesOn whether what does not change has been written before
 */
record RunFiles(SummaryWriter writer, boolean goesOn) {
  /**
   * Begins a file; what others have of the run's first step and later ones is hidden.
   *
   * @param done how many steps had been done by the run that this goes on from
   */
  static RunFiles begin(Path folder, long done) {
    boolean areThere;
    try {
      areThere = EventFile.areIn(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(FileFailure.of(folder, e), e);
    }
    if (!areThere) {
      return new RunFiles(SummaryWriter.in(folder), false);
    }
    if (done == 0) {
      System.getLogger(RunFiles.class.getName())
          .log(
              Level.WARNING,
              "There was another run in "
                  + folder
                  + ": TensorBoard shows this one in its place. Give each a folder of its own to"
                  + " compare them");
    }
    return new RunFiles(SummaryWriter.in(folder, done), done > 0);
  }
}

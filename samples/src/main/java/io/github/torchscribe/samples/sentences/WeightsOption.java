package io.github.torchscribe.samples.sentences;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of the samples that need {@link MiniLm}'s files: where they are. */
final class WeightsOption {
  @Option(
      names = "--weights",
      paramLabel = "FOLDER",
      description =
          "Where the network's files are (default: where scripts/pretrained.sh puts them).")
  private Path folder;

  MiniLmFiles files() {
    return folder == null ? MiniLmFiles.fetched() : new MiniLmFiles(folder);
  }
}

package io.github.torchscribe.samples;

import io.github.torchscribe.runtime.torch.Threads;
import picocli.CommandLine.Option;

/** The option of all samples that compute much: by how many threads. */
public final class ThreadsOption {
  @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all cores).")
  private Integer threads;

  /** Sets the number of threads, where one was given. */
  public void apply() {
    if (threads != null) {
      Threads.set(threads);
    }
  }
}

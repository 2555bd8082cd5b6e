package io.github.torchscribe.samples;

import io.github.torchscribe.runtime.visdom.Visdom;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of all samples that draw: into which Visdom server. */
public final class VisdomOption {
  @Option(
      names = "--visdom",
      arity = "0..1",
      paramLabel = "URI",
      fallbackValue = "http://localhost:8097",
      description = "Draws the run in a Visdom server (${FALLBACK-VALUE} unless one is given).")
  private URI server;

  /**
   * The server.
   *
   * @return none where none was asked for
   */
  Optional<URI> server() {
    return Optional.ofNullable(server);
  }

  /**
   * Draws into the Visdom server that was asked for.
   *
   * @return to be closed; null where none was
   */
  public Visdom connect() {
    return server == null ? null : Visdom.at(server).connect();
  }
}

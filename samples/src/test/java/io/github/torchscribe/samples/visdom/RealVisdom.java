package io.github.torchscribe.samples.visdom;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.torchscribe.runtime.visdom.Visdom;
import io.github.torchscribe.runtime.visdom.VisdomException;
import io.github.torchscribe.samples.tools.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The real server in a process of its own, on a free port of this machine. */
final class RealVisdom {
  private final Path folder;
  private final int port;
  private Process process;

  private RealVisdom(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts a server; without one installed the test is skipped, or fails if one is required. */
  static RealVisdom start(Path folder) throws IOException, InterruptedException {
    Tools.require(
        Files.isExecutable(python()),
        "no Visdom server; scripts/visdom-server.sh --install-only brings one");
    RealVisdom server = new RealVisdom(folder, freePort());
    server.start();
    return server;
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  void start() throws IOException, InterruptedException {
    Path log = folder.resolve("server.log");
    process =
        new ProcessBuilder(
                List.of(
                    python().toString(),
                    "-m",
                    "visdom.server",
                    "-port",
                    "" + port,
                    "--hostname",
                    "127.0.0.1",
                    "-env_path",
                    folder.resolve("envs").toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    for (int tries = 0; tries < 300; tries++) {
      try (Visdom viz = Visdom.at(address()).connect()) {
        assertFalse(viz.winExists("nothing yet"));
        return;
      } catch (VisdomException e) {
        Thread.sleep(100);
      }
    }
    fail("the server does not come up:\n" + Files.readString(log));
  }

  void stop() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** What it printed. */
  String log() {
    try {
      return Files.readString(folder.resolve("server.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** What a window holds, or all windows by their names. */
  static JsonNode windowData(Visdom viz, String win) {
    try {
      return new JsonMapper().readTree(viz.windowData(win));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path python() {
    return Tools.home("TORCHSCRIBE_VISDOM", "visdom").resolve("bin/python");
  }
}

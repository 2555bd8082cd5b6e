package io.github.torchscribe.samples.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.torchscribe.samples.tools.Tools;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The real TensorBoard: its reader, and its page on a free port of this machine. */
final class RealTensorBoard implements AutoCloseable {
  /** Prints all that TensorBoard's own reader finds in a folder. */
  private static final String READER =
      """
      import json, sys
      from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
      from tensorboard.compat.proto.graph_pb2 import GraphDef
      from tensorboard.plugins.hparams.metadata import parse_session_start_info_plugin_data
      kinds = ["scalars", "histograms", "images", "tensors", "compressedHistograms"]
      run = EventAccumulator(sys.argv[1], size_guidance={kind: 0 for kind in kinds}).Reload()
      tags = run.Tags()
      start = "_hparams_/session_start_info"
      start = run.summary_metadata[start].plugin_data.content
      hparams = parse_session_start_info_plugin_data(start).hparams
      spread = lambda some: [some.num, some.min, some.max, some.sum, sum(some.bucket)]
      json.dump({
          "scalars": {tag: [[e.step, e.value] for e in run.Scalars(tag)] for tag in tags["scalars"]},
          "histograms": {tag: [[e.step] + spread(e.histogram_value) for e in run.Histograms(tag)]
                         for tag in tags["histograms"]},
          "images": {tag: [[e.step, e.width, e.height, e.encoded_image_string[1:4].decode()]
                           for e in run.Images(tag)] for tag in tags["images"]},
          "texts": {tag: [[e.step, e.tensor_proto.string_val[0].decode()] for e in run.Tensors(tag)]
                    for tag in tags["tensors"]},
          "graph": [[node.name, node.op] for node in run.Graph().node],
          "hparams": {name: value.number_value or value.string_value
                      for name, value in hparams.items()},
      }, sys.stdout)
      """;

  private final Process process;
  private final URI address;

  private RealTensorBoard(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Python with TensorBoard; without it the test is skipped, or fails if it is required. */
  private static Path python() {
    Path python = Tools.home("TORCHSCRIBE_TENSORBOARD", "tensorboard").resolve("bin/python");
    Tools.require(
        Files.isExecutable(python),
        "no TensorBoard; scripts/tensorboard.sh --install-only brings one");
    return python;
  }

  /** Skips the test where TensorBoard is missing, or fails it if it may not be. */
  static void require() {
    python();
  }

  /** What TensorBoard's own reader finds in a run's folder. */
  static JsonNode read(Path run) throws IOException, InterruptedException {
    Process reader =
        new ProcessBuilder(python().toString(), "-c", READER, run.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    JsonNode found = new JsonMapper().readTree(reader.getInputStream());
    assertEquals(0, reader.waitFor());
    return found;
  }

  /** Starts to serve the page; comes back when that has all runs, each in a folder of its own. */
  static RealTensorBoard start(Path runs, Path log) throws IOException, InterruptedException {
    List<String> names;
    try (Stream<Path> folders = Files.list(runs)) {
      names = folders.map(folder -> folder.getFileName().toString()).toList();
    }
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                List.of(
                    python().toString(),
                    "-m",
                    "tensorboard.main",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    "" + port,
                    "--logdir",
                    runs.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    URI address = URI.create("http://127.0.0.1:" + port + "/");
    for (int tries = 0; tries < 600 && process.isAlive(); tries++) {
      try {
        HttpURLConnection asked =
            (HttpURLConnection) address.resolve("data/runs").toURL().openConnection();
        Set<String> there = new HashSet<>();
        new JsonMapper().readTree(asked.getInputStream()).forEach(run -> there.add(run.asText()));
        if (there.containsAll(names)) {
          return new RealTensorBoard(process, address);
        }
      } catch (IOException e) {
        // not yet
      }
      Thread.sleep(100);
    }
    process.destroyForcibly();
    return fail("TensorBoard does not come up:\n" + Files.readString(log));
  }

  URI address() {
    return address;
  }

  /** Also what reads files for it: a process of its own. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}

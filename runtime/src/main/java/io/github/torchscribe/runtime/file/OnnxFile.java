package io.github.torchscribe.runtime.file;

import io.github.torchscribe.runtime.onnx.OnnxFormat;
import io.github.torchscribe.runtime.onnx.OnnxGraph;
import io.github.torchscribe.runtime.onnx.OnnxTensor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes ONNX files. The format's messages end at 2 GB: what would be larger has the numbers of its
 * tensors in a file beside it, as the format provides for.
 */
public final class OnnxFile {
  /** Leaves some room for the operators. */
  private static final long MOST_BYTES = 2_000_000_000;

  /** Where a tensor may begin in the file beside, so that readers can map it. */
  private static final long ALIGNMENT = 4_096;

  private OnnxFile() {}

  /**
   * Writes a network, or leaves what was there before.
   *
   * @param path where to; a second file is called so with {@code .data} behind; one that an earlier
   *     network had there goes with that
   * @param graph of it
   * @param metadata texts for the file to keep, by name
   * @param format knows it
   * @throws IOException says what is in the way
   */
  public static void write(
      Path path, OnnxGraph graph, Map<String, String> metadata, OnnxFormat format)
      throws IOException {
    write(path, graph, metadata, format, MOST_BYTES);
  }

  /**
   * The same where less may be in one file.
   *
   * @param mostBytes how many the numbers may take there
   */
  static void write(
      Path path, OnnxGraph graph, Map<String, String> metadata, OnnxFormat format, long mostBytes)
      throws IOException {
    Path target = WholeFile.target(path);
    long bytes = graph.tensors().stream().mapToLong(OnnxTensor::bytes).sum();
    Path data = target.resolveSibling(target.getFileName() + ".data");
    if (bytes <= mostBytes) {
      WholeFile.write(target, channel -> write(channel, graph, metadata, format));
      Files.deleteIfExists(data); // of what was there before
      return;
    }
    OnnxGraph placed = beside(data, graph);
    WholePair.write(
        data,
        channel -> {
          for (OnnxTensor tensor : placed.tensors()) {
            channel.position(tensor.beside().orElseThrow().offset());
            Safetensors.write(channel, tensor.values());
          }
        },
        target,
        channel -> write(channel, placed, metadata, format));
  }

  private static void write(
      FileChannel channel, OnnxGraph graph, Map<String, String> metadata, OnnxFormat format)
      throws IOException {
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
    format.write(graph, metadata, out);
    out.flush();
  }

  /** The graph that says where in a file the numbers lie. */
  private static OnnxGraph beside(Path data, OnnxGraph graph) {
    List<OnnxTensor> placed = new ArrayList<>();
    long offset = 0;
    for (OnnxTensor tensor : graph.tensors()) {
      placed.add(tensor.at(new OnnxTensor.Place(data.getFileName().toString(), offset)));
      offset += (tensor.bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    return new OnnxGraph(graph.name(), graph.inputs(), graph.outputs(), graph.nodes(), placed);
  }
}

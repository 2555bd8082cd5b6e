package io.github.torchscribe.runtime.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * Knows the format of ONNX files. The artifact {@code torchscribe-onnx} has one, which is found as
 * a service: whoever exports nothing needs none of what it stands on.
 */
public interface OnnxFormat {
  /**
   * Writes a network.
   *
   * @param graph of it; the numbers of tensors that lie beside are not written
   * @param metadata texts for the file to keep, by name
   * @param out is not closed
   * @throws IOException when it cannot be written
   */
  void write(OnnxGraph graph, Map<String, String> metadata, OutputStream out) throws IOException;
}

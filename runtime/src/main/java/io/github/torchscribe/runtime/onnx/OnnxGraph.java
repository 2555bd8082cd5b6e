package io.github.torchscribe.runtime.onnx;

import java.util.List;

/**
 * A network as ONNX has it: what is given, what leaves, and the operators between them, each behind
 * those whose values it reads.
 *
 * @param name the network's
 * @param inputs what it is given
 * @param outputs what it gives
 * @param nodes the operators
 * @param tensors what is learned, and constants
 */
public record OnnxGraph(
    String name,
    List<OnnxPort> inputs,
    List<OnnxPort> outputs,
    List<OnnxNode> nodes,
    List<OnnxTensor> tensors) {
  /**
   * The version of ONNX' operators that networks are written in: the oldest that has all of them.
   * (Of 19 and later ONNX Runtime 1.24 counts wrongly what is padding of volumes' means.)
   */
  public static final int OPSET = 18;
}

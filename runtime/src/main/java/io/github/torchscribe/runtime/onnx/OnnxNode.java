package io.github.torchscribe.runtime.onnx;

import java.util.List;
import java.util.Map;

/**
 * An operator at its place.
 *
 * @param name the path of its layer, and the operator
 * @param operator as ONNX names it
 * @param inputs the names of the values that it reads; empty for one that is left out
 * @param outputs the names of the values that it gives; empty for one that nobody reads
 * @param attributes by name: a {@code Long}, {@code Double} or {@code String}, or a list of one of
 *     these
 */
public record OnnxNode(
    String name,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, Object> attributes) {}

package io.github.torchscribe.runtime.onnx;

import java.util.List;

/**
 * What a network is given or gives, for any number of examples.
 *
 * @param name what users call it
 * @param areIndices whether it is 64-bit integers; else numbers of 32 bits
 * @param shape of one example
 */
public record OnnxPort(String name, boolean areIndices, List<Long> shape) {}

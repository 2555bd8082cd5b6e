package io.github.torchscribe.processor.layer;

/**
 * A learned tensor of a layer.
 *
 * @param name PyTorch's, for example {@code weight}
 * @param shape its whole shape
 */
public record ParameterSpec(String name, Shape shape) {}

package io.github.torchscribe.runtime.data;

import org.bytedeco.pytorch.Tensor;

/**
 * Some examples with their targets. The tensors belong to the loader, which fills them anew for the
 * next batch.
 *
 * @param inputs (N, example…), 32-bit floats
 * @param targets N of them, as the dataset's {@link Dataset#targets()} says
 * @param size N
 */
public record Batch(Tensor inputs, Tensor targets, int size) {}

package io.github.torchscribe.runtime.data;

import org.bytedeco.pytorch.Tensor;

/**
 * Some examples with their targets. The tensors belong to the loader, which fills them anew for the
 * next batch.
 *
 * @param inputs (N, example…), 32-bit floats
 * @param targets (N), 64-bit integers
 * @param size N
 */
public record Batch(Tensor inputs, Tensor targets, int size) {}

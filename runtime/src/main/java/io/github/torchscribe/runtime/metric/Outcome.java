package io.github.torchscribe.runtime.metric;

import org.bytedeco.pytorch.Tensor;

/**
 * What a model made of a batch.
 *
 * @param output (N, output…), 32-bit floats
 * @param target what they should have been, as the loss takes them
 * @param predicted the class of each decision; empty where outputs are numbers
 * @param right what each should have been; empty where outputs are numbers
 */
public record Outcome(Tensor output, Tensor target, long[] predicted, long[] right) {}

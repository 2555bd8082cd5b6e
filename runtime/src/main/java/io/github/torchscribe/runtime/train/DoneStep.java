package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.engine.StepLoss;

/**
 * A step that nobody has been told of.
 *
 * @param step its number in the epoch
 * @param size of its batch, of this process' part
 * @param from where in the epoch's order its batch began
 * @param leftGradients whether they are there until the next step
 */
record DoneStep(
    StepLoss loss, int step, int size, double learningRate, long from, boolean leftGradients) {}

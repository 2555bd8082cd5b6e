package io.github.torchscribe.runtime.optim;

/**
 * Parameters that lie side by side in the flat tensor and learn at one rate: one of PyTorch's
 * {@code param_groups}. What is in no group stays as it is.
 *
 * @param offset where they begin, in elements
 * @param size how many elements they are
 * @param rate what the optimizer's learning rate is multiplied by, above 0
 */
public record ParameterGroup(long offset, long size, double rate) {}

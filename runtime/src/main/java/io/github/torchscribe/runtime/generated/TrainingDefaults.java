package io.github.torchscribe.runtime.generated;

import java.util.OptionalLong;

/**
 * How the network is trained unless a trainer is told otherwise.
 *
 * @param epochs at least 1
 * @param batchSize at least 1
 * @param shuffle whether each epoch has its own order
 * @param seed of weights and orders, where one is stated
 */
public record TrainingDefaults(int epochs, int batchSize, boolean shuffle, OptionalLong seed) {}

package io.github.torchscribe.processor.declaration;

import java.util.Set;

/**
 * Which annotations are what, by qualified name.
 *
 * @param layers those that are applied one after the other
 * @param losses at most one of them
 * @param optimizers at most one of them
 * @param schedules any number of them
 */
public record Vocabulary(
    Set<String> layers, Set<String> losses, Set<String> optimizers, Set<String> schedules) {}

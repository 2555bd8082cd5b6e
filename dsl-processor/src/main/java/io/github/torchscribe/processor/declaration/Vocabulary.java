package io.github.torchscribe.processor.declaration;

import java.util.Set;

/**
 * Which annotations are what, by qualified name.
 *
 * @param layers those that are applied one after the other
 * @param meetings those that make one value of several
 * @param losses at most one of them
 * @param optimizers at most one of them
 * @param schedules any number of them
 */
public record Vocabulary(
    Set<String> layers,
    Set<String> meetings,
    Set<String> losses,
    Set<String> optimizers,
    Set<String> schedules) {}

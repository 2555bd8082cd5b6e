package io.github.torchscribe.processor.declaration;

import java.util.List;

/**
 * Methods that are values, each of which takes others.
 *
 * @param inputs what the network is given, in source order; at least one
 * @param written all methods in source order, also those that have a loss alone
 * @param inTurn those that give a value, each behind those that it takes, else in source order
 * @param outputs the values that leave, in source order: those that a loss reads, those that are
 *     said to be outputs, or the only one that nobody takes; none where that is not clear, which
 *     has been reported
 */
public record Wired(
    List<Given> inputs, List<Method> written, List<Method> inTurn, List<String> outputs) {}

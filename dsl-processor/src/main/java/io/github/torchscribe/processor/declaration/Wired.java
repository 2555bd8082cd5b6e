package io.github.torchscribe.processor.declaration;

import java.util.List;

/**
 * Methods that are values, each of which takes others.
 *
 * @param input what the network's input is called
 * @param written in source order
 * @param inTurn each behind those that it takes, else in source order
 * @param output the value that leaves; empty where there is not one, which has been reported
 */
public record Wired(String input, List<Method> written, List<Method> inTurn, String output) {}

package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.processor.message.Position;

/**
 * A parameter of a method that is a value.
 *
 * @param parameter what it is called
 * @param value whose value it takes: a method's, or the input; empty where there is none of that
 *     name, which has been reported
 * @param at where it stands
 */
public record Wire(String parameter, String value, Position at) {}

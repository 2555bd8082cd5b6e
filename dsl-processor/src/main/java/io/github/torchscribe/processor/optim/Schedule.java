package io.github.torchscribe.processor.optim;

import com.squareup.javapoet.CodeBlock;

/**
 * A schedule of the learning rate, with its values.
 *
 * @param construction an expression that makes the runtime's schedule
 */
public record Schedule(CodeBlock construction) {}

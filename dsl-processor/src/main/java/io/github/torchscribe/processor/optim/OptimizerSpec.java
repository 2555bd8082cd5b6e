package io.github.torchscribe.processor.optim;

import io.github.torchscribe.processor.code.Expression;

/**
 * The optimizer of a network, with its values.
 *
 * @param construction an expression that makes the runtime's optimizer
 * @param isPlainDescent whether a step is no more than p ← p − lr·g; then it can be fused into the
 *     gradient's product
 * @param hasMomentum whether a schedule can change its momentum
 */
public record OptimizerSpec(Expression construction, boolean isPlainDescent, boolean hasMomentum) {}

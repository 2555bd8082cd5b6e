/**
 * What a layer is, and what several families of layers have in common. A layer's class holds all
 * that is particular to it: attributes and their checks, shape rule, parameters and their
 * initialisation, forward step, backward step.
 *
 * <p>A layer says its steps through {@link io.github.torchscribe.processor.code.ForwardCode} and
 * {@link io.github.torchscribe.processor.code.BackwardCode}; where its input and output lie has
 * been decided before, by the plan.
 */
package io.github.torchscribe.processor.layer;

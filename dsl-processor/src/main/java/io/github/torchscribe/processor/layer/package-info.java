/**
 * The layers: one class for each kind, which holds all that is particular to it. Attributes and
 * their checks, shape rule, parameters and their initialisation, forward step, backward step.
 *
 * <p>A layer says its steps through {@link io.github.torchscribe.processor.layer.ForwardCode} and
 * {@link io.github.torchscribe.processor.layer.BackwardCode}; where its input and output lie has
 * been decided before, by the plan.
 */
package io.github.torchscribe.processor.layer;

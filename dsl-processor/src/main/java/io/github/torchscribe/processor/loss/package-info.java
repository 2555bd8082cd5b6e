/** The losses: one class for each kind, which holds all that is particular to it. */
package io.github.torchscribe.processor.loss;

/** The norms: over batches, groups of channels and last dimensions. */
package io.github.torchscribe.processor.layer.norm;

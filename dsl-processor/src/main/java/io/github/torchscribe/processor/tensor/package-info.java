/** What a tensor is before there is one: its shape, and how its numbers lie in memory. */
package io.github.torchscribe.processor.tensor;

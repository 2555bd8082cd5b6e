/** A pole on a cart, and a network that learns to keep it upright by trying. */
package io.github.torchscribe.samples.games;

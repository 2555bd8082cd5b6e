/** Digits that nobody wrote: one network makes them, another tells them from MNIST's. */
package io.github.torchscribe.samples.gan;

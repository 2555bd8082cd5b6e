/** Optimizers, one annotation each, named and set as their counterparts in {@code torch.optim}. */
package io.github.torchscribe.dsl.optim;

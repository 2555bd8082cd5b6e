/** Optimizers over a model's flat parameters: one operation on one tensor for the whole network. */
package io.github.torchscribe.runtime.optim;

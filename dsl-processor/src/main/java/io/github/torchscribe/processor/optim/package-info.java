/**
 * The optimizers and the schedules of the learning rate: a method for each, which reads its
 * annotation.
 */
package io.github.torchscribe.processor.optim;

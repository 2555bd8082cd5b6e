/** TensorBoard: a log of training runs, and the calls of PyTorch's {@code SummaryWriter}. */
package io.github.torchscribe.tensorboard;

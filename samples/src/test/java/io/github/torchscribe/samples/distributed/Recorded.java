package io.github.torchscribe.samples.distributed;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.Tanh;
import io.github.torchscribe.dsl.optim.SGD;

/** Its gradient is libtorch's autograd's. */
@Network(
    input = {1, 28, 28},
    gradient = Network.Gradient.AUTOGRAD)
@Flatten
@Linear({784, 64})
@Tanh
@Linear(10)
@CrossEntropyLoss
@SGD(lr = 0.1)
@Training(epochs = 2, batchSize = 100, seed = 1)
interface Recorded {}

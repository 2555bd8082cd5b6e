package io.github.torchscribe.benchmarks;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.optim.SGD;

/** The convolutional network, its gradient by libtorch's autograd. */
@Network(
    input = {1, 28, 28},
    gradient = Network.Gradient.AUTOGRAD)
@Use(Cnn.class)
@CrossEntropyLoss
@SGD(lr = 1e-2)
@Training(batchSize = 64, seed = 1)
interface CnnAutograd {}

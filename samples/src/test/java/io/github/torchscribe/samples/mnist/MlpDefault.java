package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;

/** The network of {@link Mlp} with PyTorch's own initialisation. */
@Network(input = {1, 28, 28})
@Flatten
@Linear({784, 200})
@ReLU
@Linear({200, 200})
@ReLU
@Linear({200, 10})
@CrossEntropyLoss
@SGD(lr = 1e-2)
@Training(epochs = 10, batchSize = 200, seed = 1)
interface MlpDefault {}

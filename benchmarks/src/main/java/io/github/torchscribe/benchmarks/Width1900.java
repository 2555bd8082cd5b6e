package io.github.torchscribe.benchmarks;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;

/** The MLP with layers of 1900: 5.1 million parameters. */
@Network(input = {1, 28, 28})
@Flatten
@Linear({784, 1900})
@ReLU
@Linear({1900, 1900})
@ReLU
@Linear({1900, 10})
@CrossEntropyLoss
@SGD(lr = 1e-2)
@Training(batchSize = 200, seed = 1)
interface Width1900 {}

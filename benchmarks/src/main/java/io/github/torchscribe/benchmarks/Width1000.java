package io.github.torchscribe.benchmarks;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;

/** The MLP with layers of 1000. */
@Network(input = {1, 28, 28})
@Flatten
@Linear({784, 1000})
@ReLU
@Linear({1000, 1000})
@ReLU
@Linear({1000, 10})
@CrossEntropyLoss
@SGD(lr = 1e-2)
@Training(batchSize = 200, seed = 1)
interface Width1000 {}

package io.github.torchscribe.benchmarks;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;

/** The MLP with 32 layers. */
@Network(input = {1, 28, 28})
@Flatten
@Linear({784, 200})
@ReLU
@Use(value = Deep8.Layer.class, times = 30)
@Linear({200, 10})
@CrossEntropyLoss
@SGD(lr = 1e-2)
@Training(batchSize = 200, seed = 1)
interface Deep32 {}

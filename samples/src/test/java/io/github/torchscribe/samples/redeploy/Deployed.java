package io.github.torchscribe.samples.redeploy;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Dropout;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;

/** A batch of this cannot be divided, so that libtorch's own threads work on it. */
@Network(input = {1, 12, 12})
@Conv2d(
    value = {1, 8},
    kernelSize = 3)
@ReLU
@Flatten
@Dropout(0.2)
@Linear(10)
@CrossEntropyLoss
@SGD(lr = 1e-2)
@Training(epochs = 2, batchSize = 50, seed = 1)
interface Deployed {}

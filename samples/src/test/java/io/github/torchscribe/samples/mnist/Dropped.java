package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Dropout;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;

/** A batch of this cannot be divided, so that OpenBLAS' own threads divide each product. */
@Network(input = {1, 28, 28})
@Flatten
@Linear({784, 96})
@ReLU
@Dropout(0.2)
@Linear({96, 10})
@CrossEntropyLoss
@SGD(lr = 1e-2)
@Training(epochs = 1, batchSize = 200, seed = 1)
interface Dropped {}

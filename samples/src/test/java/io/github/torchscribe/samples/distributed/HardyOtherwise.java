package io.github.torchscribe.samples.distributed;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.BatchNorm1d;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Dropout;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.Adam;
import io.github.torchscribe.dsl.optim.OneCycleLR;

/** As {@link Hardy}, but with another seed. */
@Network(input = 2)
@Linear(16)
@BatchNorm1d
@ReLU
@Dropout(0.3)
@Linear(3)
@CrossEntropyLoss
@Adam(lr = 0.01)
@OneCycleLR(maxLr = 0.02)
@Training(epochs = 1, batchSize = 20, seed = 2)
interface HardyOtherwise {}

package io.github.torchscribe.samples.distributed;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.AdamW;

/** The same, of which weights alone decay. */
@Network(input = {1, 28, 28})
@Flatten
@Linear({784, 200})
@ReLU
@Linear({200, 200})
@ReLU
@Linear({200, 10})
@CrossEntropyLoss
@AdamW(lr = 1e-3, weightDecay = 0.1)
@Training(epochs = 2, batchSize = 100, seed = 1, decayBiases = false)
interface Decayed {}

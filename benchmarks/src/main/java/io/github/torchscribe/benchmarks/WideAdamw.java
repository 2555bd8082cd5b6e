package io.github.torchscribe.benchmarks;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.AdamW;

/** The MLP with layers of 4096, with an optimizer that remembers. */
@Network(input = {1, 28, 28})
@Flatten
@Linear({784, 4096})
@ReLU
@Linear({4096, 4096})
@ReLU
@Linear({4096, 10})
@CrossEntropyLoss
@AdamW(lr = 1e-3)
@Training(batchSize = 200, seed = 1)
interface WideAdamw {}

package io.github.torchscribe.benchmarks;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Precision;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.optim.SGD;

/** The MLP with layers of 4096, whose products are in TensorFloat-32. */
@Network(input = {1, 28, 28})
@Use(Wide.class)
@CrossEntropyLoss
@SGD(lr = 1e-2)
@Training(batchSize = 200, seed = 1, precision = Precision.TF32)
interface WideTf32 {}

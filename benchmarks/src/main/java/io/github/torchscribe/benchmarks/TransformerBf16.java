package io.github.torchscribe.benchmarks;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Precision;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.optim.AdamW;

/** The transformer in mixed precision. */
@Network(input = Transformer.LENGTH)
@Use(Transformer.class)
@CrossEntropyLoss(dim = -1)
@AdamW(lr = 1e-3)
@Training(batchSize = 32, seed = 1, precision = Precision.BF16)
interface TransformerBf16 {}

package io.github.torchscribe.benchmarks;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Embedding;
import io.github.torchscribe.dsl.nn.LayerNorm;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.PositionalEmbedding;
import io.github.torchscribe.dsl.optim.AdamW;

/** The transformer, its gradient by libtorch's autograd. */
@Network(input = Transformer.LENGTH, gradient = Network.Gradient.AUTOGRAD)
@Embedding({96, Transformer.WIDTH})
@PositionalEmbedding
@Use(value = Transformer.Block.class, times = 2)
@LayerNorm
@Linear({Transformer.WIDTH, 96})
@CrossEntropyLoss(dim = -1)
@AdamW(lr = 1e-3)
@Training(batchSize = 32, seed = 1)
interface TransformerAutograd {}

package io.github.torchscribe.benchmarks;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Residual;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Embedding;
import io.github.torchscribe.dsl.nn.GELU;
import io.github.torchscribe.dsl.nn.LayerNorm;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.PositionalEmbedding;
import io.github.torchscribe.dsl.nn.SelfAttention;
import io.github.torchscribe.dsl.optim.AdamW;

/** A small causal transformer. */
@Network(input = Transformer.LENGTH)
@Embedding({96, Transformer.WIDTH})
@PositionalEmbedding
@Use(value = Transformer.Block.class, times = 2)
@LayerNorm
@Linear({Transformer.WIDTH, 96})
@CrossEntropyLoss(dim = -1)
@AdamW(lr = 1e-3)
@Training(batchSize = 32, seed = 1)
interface Transformer {
  /** How many tokens it sees. */
  int LENGTH = 64;

  /** How many numbers it has for each. */
  int WIDTH = 128;

  /** Attention, then two linear layers. */
  @Network(input = {LENGTH, WIDTH})
  @Use(Attend.class)
  @Use(Think.class)
  interface Block {}

  /** What each token gathers from those before it. */
  @Network(input = {LENGTH, WIDTH})
  @Residual
  @LayerNorm
  @SelfAttention(heads = 4, causal = true)
  interface Attend {}

  /** What follows for each token. */
  @Network(input = {LENGTH, WIDTH})
  @Residual
  @LayerNorm
  @Linear({WIDTH, 4 * WIDTH})
  @GELU
  @Linear({4 * WIDTH, WIDTH})
  interface Think {}
}

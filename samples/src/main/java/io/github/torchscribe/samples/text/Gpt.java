package io.github.torchscribe.samples.text;

import io.github.torchscribe.dsl.Init;
import io.github.torchscribe.dsl.Named;
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

/**
 * A small GPT (Radford et al., 2019): for each of 64 characters, which one comes next, from those
 * up to it. What says which one comes is what says what each one is, as in GPT-2.
 */
@Network(input = Gpt.LENGTH, generates = true)
@Init(value = Init.Scheme.NORMAL, std = 0.1)
@Named("tokens")
@Embedding({Characters.COUNT, Gpt.WIDTH})
@PositionalEmbedding
@Use(value = Gpt.Block.class, times = 3)
@LayerNorm
@Linear(
    value = {Gpt.WIDTH, Characters.COUNT},
    bias = false,
    tied = "tokens")
@CrossEntropyLoss(dim = -1)
@AdamW(lr = 2e-3)
@Training(epochs = 4, batchSize = 32, seed = 1)
public interface Gpt {
  /** How many characters it sees. */
  int LENGTH = 64;

  /** How many numbers it has for each. */
  int WIDTH = 96;

  /** Looks around, then thinks about what it saw. */
  @Network(input = {LENGTH, WIDTH})
  @Use(Attend.class)
  @Use(Think.class)
  interface Block {}

  /** Adds to each character what it gathers from those before it. */
  @Network(input = {LENGTH, WIDTH})
  @Residual
  @LayerNorm
  @SelfAttention(heads = 4, causal = true)
  interface Attend {}

  /** Adds to each character what follows from what is known of it. */
  @Network(input = {LENGTH, WIDTH})
  @Residual
  @LayerNorm
  @Linear({WIDTH, 4 * WIDTH})
  @GELU
  @Linear({4 * WIDTH, WIDTH})
  interface Think {}
}

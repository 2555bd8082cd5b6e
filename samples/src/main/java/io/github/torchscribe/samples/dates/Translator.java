package io.github.torchscribe.samples.dates;

import io.github.torchscribe.dsl.Block;
import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Residual;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.dsl.nn.Add;
import io.github.torchscribe.dsl.nn.Attention;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Embedding;
import io.github.torchscribe.dsl.nn.GELU;
import io.github.torchscribe.dsl.nn.LayerNorm;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.PositionalEmbedding;
import io.github.torchscribe.dsl.nn.SelfAttention;
import io.github.torchscribe.dsl.optim.AdamW;
import io.github.torchscribe.dsl.optim.OneCycleLR;
import org.bytedeco.pytorch.Tensor;

/**
 * Reads a text and writes another, a character at a time (Vaswani et al., 2017): the encoder sees
 * all of the source, the decoder what is written so far, and each of its places asks the source for
 * what it needs to say what comes next.
 */
@Network
@AdamW
@OneCycleLR(maxLr = 3e-3)
@Training(epochs = 5, batchSize = 64, seed = 1)
public interface Translator {
  /** How many characters a source has at most; what is shorter is padded. */
  int LENGTH = 32;

  /** How many characters are written. */
  int WRITTEN = 10;

  /** How many numbers the network has for each. */
  int WIDTH = 64;

  /** The encoder: each character of the source, and what follows from those around it. */
  @Embedding(
      value = {Letters.COUNT, WIDTH},
      paddingIdx = Letters.PADDING,
      mask = true)
  @PositionalEmbedding
  @Use(value = Encode.class, times = 2)
  @LayerNorm
  Tensor read(@Input(LENGTH) Tensor source);

  /** The decoder: what is written so far; no place sees those behind it. */
  @Embedding(
      value = {Letters.COUNT, WIDTH},
      paddingIdx = Letters.PADDING,
      mask = true)
  @PositionalEmbedding
  @Use(Recall.class)
  Tensor written(@Input(WRITTEN) Tensor target);

  /** What each place wants to know. */
  @LayerNorm
  Tensor question(Tensor written);

  /** What it finds in the source, whose padding nobody looks at. */
  @Attention(heads = 4)
  Tensor found(Tensor question, Tensor read);

  /** For each place the scores of the character that comes next. */
  @Add
  @Use(Think.class)
  @LayerNorm
  @Linear(Letters.COUNT)
  @CrossEntropyLoss(dim = -1)
  Tensor next(Tensor written, Tensor found);

  /** Looks around, then thinks about what it saw. */
  @Block
  @Use(Attend.class)
  @Use(Think.class)
  interface Encode {}

  /** Adds to each character what it gathers from all others. */
  @Block
  @Residual
  @LayerNorm
  @SelfAttention(heads = 4)
  interface Attend {}

  /** Adds to each character what it gathers from those before it. */
  @Block
  @Residual
  @LayerNorm
  @SelfAttention(heads = 4, causal = true)
  interface Recall {}

  /** Adds to each character what follows from what is known of it. */
  @Block
  @Residual
  @LayerNorm
  @Linear(4 * WIDTH)
  @GELU
  @Linear(WIDTH)
  interface Think {}
}

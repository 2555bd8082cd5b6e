package io.github.torchscribe.processor.layer.sequence;

import io.github.torchscribe.dsl.nn.Attention;
import io.github.torchscribe.dsl.nn.ClassToken;
import io.github.torchscribe.dsl.nn.Embedding;
import io.github.torchscribe.dsl.nn.EmbeddingBag;
import io.github.torchscribe.dsl.nn.GRU;
import io.github.torchscribe.dsl.nn.LSTM;
import io.github.torchscribe.dsl.nn.Masked;
import io.github.torchscribe.dsl.nn.PositionalEmbedding;
import io.github.torchscribe.dsl.nn.RNN;
import io.github.torchscribe.dsl.nn.SelfAttention;
import io.github.torchscribe.processor.declaration.Kinds;
import io.github.torchscribe.processor.layer.Layer;

/** The layers of sequences: a line for each annotation, with the class that knows it. */
public final class SequenceLayers {
  private SequenceLayers() {}

  /**
   * Adds them.
   *
   * @param layers gets a line for each
   */
  public static void addTo(Kinds<Layer> layers) {
    layers
        .add(ClassToken.class, ClassTokenLayer::new)
        .add(Embedding.class, EmbeddingLayer::new)
        .add(EmbeddingBag.class, EmbeddingBagLayer::new)
        .add(GRU.class, GruLayer::new)
        .add(LSTM.class, LstmLayer::new)
        .add(PositionalEmbedding.class, PositionalEmbeddingLayer::new)
        .add(RNN.class, RnnLayer::new)
        .add(SelfAttention.class, SelfAttentionLayer::new);
  }

  /**
   * Adds those that may also be given what they begin with.
   *
   * @param openings gets a line for each
   */
  public static void addOpeningsTo(Kinds<Layer> openings) {
    openings
        .add(GRU.class, GruLayer::new)
        .add(LSTM.class, LstmLayer::new)
        .add(RNN.class, RnnLayer::new);
  }

  /**
   * Adds what makes one sequence of several.
   *
   * @param meetings gets a line for each
   */
  public static void addMeetingsTo(Kinds<Layer> meetings) {
    meetings.add(Attention.class, AttentionLayer::new).add(Masked.class, MaskedLayer::new);
  }
}

package io.github.torchscribe.samples.sentences;

import io.github.torchscribe.dsl.Frozen;
import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.Named;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.dsl.nn.Add;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Embedding;
import io.github.torchscribe.dsl.nn.LayerNorm;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.Masked;
import io.github.torchscribe.dsl.nn.MeanOver;
import io.github.torchscribe.dsl.nn.PositionalEmbedding;
import io.github.torchscribe.dsl.optim.AdamW;
import org.bytedeco.pytorch.Tensor;

/**
 * Which desk of a shop a customer's message is for: {@link MiniLm} as it is, under its names so
 * that its file fits, and a layer on top that learns.
 */
@Network
@Frozen({"words", "segments", "embedded", "encoder"})
@AdamW(lr = 3e-3)
@Training(epochs = 10, batchSize = 16, seed = 1)
public interface Desks {
  /** How many desks there are: {@link Messages#DESKS}. */
  int COUNT = 6;

  /**
   * What the words are.
   *
   * @param ids of its tokens
   * @return a vector for each
   */
  @Embedding({30_522, 384})
  Tensor words(@Input(MiniLm.LENGTH) Tensor ids);

  /**
   * Of which of two texts they are; where there is one, of the first.
   *
   * @param types 0 or 1 for each token
   * @return a vector for each
   */
  @Embedding({2, 384})
  Tensor segments(@Input(MiniLm.LENGTH) Tensor types);

  /**
   * Words and the places where they stand.
   *
   * @param words of the message
   * @param segments of the words
   * @return a vector for each place
   */
  @Add
  @Named("places")
  @PositionalEmbedding(numEmbeddings = 512)
  @Named("norm")
  @LayerNorm(eps = 1e-12)
  Tensor embedded(Tensor words, Tensor segments);

  /**
   * Words as the others make them understood.
   *
   * @param embedded words
   * @param mask 1 for each token, 0 for padding
   * @return a vector for each place
   */
  @Masked
  @Named("layer")
  @Use(value = MiniLmLayer.class, times = 6)
  Tensor encoder(Tensor embedded, @Input(MiniLm.LENGTH) Tensor mask);

  /**
   * Which desk.
   *
   * @param encoder words
   * @return a score for each
   */
  @MeanOver(dim = 1)
  @Named("head")
  @Linear({384, COUNT})
  @CrossEntropyLoss
  Tensor desk(Tensor encoder);
}

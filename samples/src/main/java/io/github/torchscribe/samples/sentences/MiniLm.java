package io.github.torchscribe.samples.sentences;

import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.Named;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.dsl.nn.Add;
import io.github.torchscribe.dsl.nn.Embedding;
import io.github.torchscribe.dsl.nn.LayerNorm;
import io.github.torchscribe.dsl.nn.Masked;
import io.github.torchscribe.dsl.nn.MeanOver;
import io.github.torchscribe.dsl.nn.Normalize;
import io.github.torchscribe.dsl.nn.PositionalEmbedding;
import org.bytedeco.pytorch.Tensor;

/**
 * all-MiniLM-L6-v2: a BERT of six layers whose mean over a sentence's words, scaled to length 1,
 * says what the sentence is about; products of two are cosines. Wang et al., MiniLM, 2020; Reimers
 * and Gurevych, Sentence-BERT, 2019. {@link MiniLmFiles} has its weights.
 */
@Network
public interface MiniLm {
  /** How many tokens a sentence has at most; the network itself could take 512. */
  int LENGTH = 48;

  /**
   * What the words are.
   *
   * @param ids of its tokens
   * @return a vector for each
   */
  @Embedding({30_522, 384})
  Tensor words(@Input(LENGTH) Tensor ids);

  /**
   * Of which of two texts they are; where there is one, of the first.
   *
   * @param types 0 or 1 for each token
   * @return a vector for each
   */
  @Embedding({2, 384})
  Tensor segments(@Input(LENGTH) Tensor types);

  /**
   * Words and the places where they stand.
   *
   * @param words of the sentence
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
  Tensor encoder(Tensor embedded, @Input(LENGTH) Tensor mask);

  /**
   * What the sentence is about.
   *
   * @param encoder words
   * @return a vector of length 1
   */
  @MeanOver(dim = 1)
  @Normalize
  Tensor embedding(Tensor encoder);
}

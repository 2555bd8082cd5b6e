package io.github.torchscribe.samples.sentences;

import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.Named;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.dsl.nn.Add;
import io.github.torchscribe.dsl.nn.Embedding;
import io.github.torchscribe.dsl.nn.LayerNorm;
import io.github.torchscribe.dsl.nn.Masked;
import io.github.torchscribe.dsl.nn.PositionalEmbedding;
import org.bytedeco.pytorch.Tensor;

/** {@link MiniLm} without its mean: what it makes of each word. */
@Network
public interface MiniLmHidden {
  @Embedding({30_522, 384})
  Tensor words(@Input(MiniLm.LENGTH) Tensor ids);

  @Embedding({2, 384})
  Tensor segments(@Input(MiniLm.LENGTH) Tensor types);

  @Add
  @Named("places")
  @PositionalEmbedding(numEmbeddings = 512)
  @Named("norm")
  @LayerNorm(eps = 1e-12)
  Tensor embedded(Tensor words, Tensor segments);

  @Masked
  @Named("layer")
  @Use(value = MiniLmLayer.class, times = 6)
  Tensor encoder(Tensor embedded, @Input(MiniLm.LENGTH) Tensor mask);
}

package io.github.torchscribe.samples.sentences;

import io.github.torchscribe.dsl.Block;
import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.Named;
import io.github.torchscribe.dsl.Residual;
import io.github.torchscribe.dsl.nn.GELU;
import io.github.torchscribe.dsl.nn.LayerNorm;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.SelfAttention;
import org.bytedeco.pytorch.Tensor;

/** A layer of {@link MiniLm}: as BERT has it, with its norms behind the sums. */
@Block
public interface MiniLmLayer {
  /**
   * Each word looks at all.
   *
   * @param x words
   * @return a vector for each place
   */
  @Named("attention")
  @SelfAttention(heads = 12)
  @Residual
  @Named("norm")
  @LayerNorm(eps = 1e-12)
  Tensor attended(@Input Tensor x);

  /**
   * Each word is considered by itself.
   *
   * @param attended words
   * @return a vector for each place
   */
  @Named("up")
  @Linear(1536)
  @GELU
  @Named("down")
  @Linear(384)
  @Residual
  @Named("norm")
  @LayerNorm(eps = 1e-12)
  Tensor considered(Tensor attended);
}

// A vision transformer (Dosovitskiy et al., 2020) of encoder blocks as torchvision has them: patches in a row, before them a learned vector.
@Network
@CrossEntropyLoss
@SGD(lr = 0.1)
public interface Net {
  @Conv2d(value = 8, kernelSize = 4, stride = 4)
  Tensor conv_proj(@Input({3, 12, 12}) Tensor image);

  @Flatten(startDim = 2) @Permute({2, 1})
  Tensor patches(Tensor conv_proj);

  @ClassToken
  Tensor token(Tensor patches);

  @PositionalEmbedding
  Tensor pos_embedding(Tensor token);

  @Use(value = EncoderBlock.class, sizes = {8, 16, 2}, times = 2)
  Tensor layers(Tensor pos_embedding);

  @LayerNorm(eps = 1e-6)
  Tensor ln(Tensor layers);

  @Select(dim = 1, index = 0)
  Tensor first(Tensor ln);

  @Linear(3)
  Tensor head(Tensor first);
}

@Block
interface EncoderBlock {
  @LayerNorm(eps = 1e-6)
  Tensor ln_1(@Input Tensor x);

  @SelfAttention(heads = Size.C)
  Tensor self_attention(Tensor ln_1);

  @Add
  Tensor attended(Tensor x, Tensor self_attention);

  @LayerNorm(eps = 1e-6)
  Tensor ln_2(Tensor attended);

  @Linear(Size.B) @GELU @Named("3") @Linear(Size.A)
  Tensor mlp(Tensor ln_2);

  @Add
  Tensor out(Tensor attended, Tensor mlp);
}

// The feed-forward half of a LLaMA block (Shazeer, 2020), with its names: x + w2(silu(w1(n)) * w3(n)), n = norm(x).
@Network(input = {5, 6})
@CrossEntropyLoss(dim = -1)
@AdamW(lr = 0.01)
public interface Net {
  @Linear(8)
  Tensor embed(Tensor input);

  @RMSNorm(eps = 1e-6)
  Tensor norm(Tensor embed);

  @Linear(value = 12, bias = false)
  Tensor w1(Tensor norm);

  @Linear(value = 12, bias = false)
  Tensor w3(Tensor norm);

  @SiLU
  Tensor gate(Tensor w1);

  @Multiply @Linear(value = 8, bias = false)
  Tensor w2(Tensor gate, Tensor w3);

  @Add @Linear(4)
  Tensor output(Tensor embed, Tensor w2);
}

// A gated linear unit (Dauphin et al., 2017): what is said, and how much of it is let through.
@Network(input = 6)
@MSELoss
@Adam(lr = 0.01)
public interface Net {
  @Linear(8)
  Tensor value(Tensor input);

  @Linear(8) @Sigmoid
  Tensor gate(Tensor input);

  @Multiply @Linear(3)
  Tensor out(Tensor value, Tensor gate);
}

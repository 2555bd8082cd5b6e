package io.github.torchscribe.runtime.metric;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Whether the right class is among those with the k highest scores. */
final class TopK implements Metric {
  private final int k;
  private long right;
  private long all;

  TopK(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1 but is " + k);
    }
    this.k = k;
  }

  @Override
  public String name() {
    return "top-" + k + " accuracy";
  }

  @Override
  public boolean needsDecisions() {
    return true;
  }

  @Override
  public Optional<Boolean> higherIsBetter() {
    return Optional.of(true);
  }

  @Override
  public void reset() {
    right = 0;
    all = 0;
  }

  @Override
  public void update(Outcome batch) {
    Tensor output = batch.output();
    if (batch.target().scalar_type().intern() != torch.ScalarType.Long
        || output.dim() != 2
        || output.size(1) < k) {
      throw new IllegalArgumentException(
          name() + " needs scores of at least " + k + " classes for each example");
    }
    PointerScope scope = new PointerScope();
    try {
      Tensor best = torch.topk(output, k).get1();
      Tensor among = best.eq(batch.target().unsqueeze(1)).any(1, false);
      if (batch.ignored().isPresent()) {
        Tensor counts = batch.target().ne(new Scalar(batch.ignored().getAsLong()));
        among.logical_and_(counts);
        all += counts.sum().item_long();
      } else {
        all += output.size(0);
      }
      right += among.sum().item_long();
    } finally {
      scope.close();
    }
  }

  @Override
  public double value() {
    return (double) right / all;
  }
}

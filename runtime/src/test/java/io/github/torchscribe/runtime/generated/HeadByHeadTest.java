package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attention head by head is that of libtorch's autograd in 64 bits. */
@ExtendWith(OneThreadOfOpenBlas.class)
class HeadByHeadTest {
  private static final double SCALE = 0.37;

  /** Examples, heads, queries, keys, width; what is hidden or dropped. */
  @ParameterizedTest
  @CsvSource({
    "16, 4, 64, 64, 32, causal",
    "7, 3, 37, 37, 17, causal",
    "2, 1, 100, 100, 48, causal padding",
    "3, 6, 200, 200, 16, causal padding dropout",
    "2, 2, 300, 300, 130, causal",
    "5, 4, 33, 70, 32, causal",
    "5, 4, 70, 33, 32, causal padding",
    "5, 4, 64, 64, 32, plain",
    "4, 12, 19, 145, 24, padding",
    "2, 3, 513, 290, 16, dropout",
    "1, 1, 16, 16, 16, plain",
    "33, 8, 16, 17, 16, padding dropout"
  })
  void givesWhatAutogradGives(
      long n, long heads, long queries, long keys, long width, String which) {
    try (PointerScope scope = new PointerScope()) {
      torch.manual_seed(3);
      boolean isCausal = which.contains("causal");
      Tensor query = projected(n, queries, heads, width);
      scope.attach(query);
      Tensor both = projected(n, keys, heads, width);
      Tensor guard = part(both, 2).clone();
      Tensor key = part(both, 0);
      Tensor value = part(both, 1);
      Tensor mask = isCausal ? mask(queries, keys) : new Tensor();
      Tensor hidden =
          which.contains("padding")
              ? torch.rand(n, keys).lt(new Scalar(0.3)).to(torch.ScalarType.Float).neg()
              : new Tensor();
      Tensor noise =
          which.contains("dropout")
              ? torch
                  .rand(n, heads, queries, keys)
                  .lt(new Scalar(0.8))
                  .to(torch.ScalarType.Float)
                  .div(new Scalar(0.8))
              : new Tensor();
      Tensor gradient = torch.randn(n, heads, queries, width);
      Tensor q = leaf(part(query, 1));
      Tensor k = leaf(key);
      Tensor v = leaf(value);
      Tensor wantedWeights = weights(q, k, mask, hidden);
      Tensor wanted = torch.matmul(noise.defined() ? wantedWeights.mul(noise) : wantedWeights, v);
      wanted.mul(gradient).sum().backward();

      Tensor scores = torch.full(new long[] {n, heads, queries, keys}, new Scalar(Double.NaN));
      Tensor weights = scores.clone();
      Tensor merged = torch.empty(n, queries, heads, width).transpose(1, 2);
      HeadByHead attention =
          HeadByHead.of(
              new HeadByHead.Given(
                  part(query, 1),
                  key,
                  value,
                  scores,
                  weights,
                  merged,
                  mask,
                  hidden,
                  noise,
                  new Scalar(SCALE)),
              () -> {});
      attention.compute();
      check(weights, wantedWeights);
      check(merged, wanted);
      if (isCausal) {
        assertEquals(0, torch.triu(weights, 1).abs().max().item_float());
      }
      merged.copy_(gradient);
      attention.backward();
      check(part(query, 1), q.grad());
      check(key, k.grad());
      check(value, v.grad());
      assertTrue(torch.equal(guard, part(both, 2)), "what lies between is as it was");
    }
  }

  /** Three that are projected beside each other: (n, places, 3, heads, width). */
  private static Tensor projected(long n, long places, long heads, long width) {
    return torch.randn(n, places, 3, heads, width);
  }

  private static Tensor part(Tensor projected, long which) {
    return projected.select(2, which).transpose(1, 2);
  }

  private static Tensor mask(long queries, long keys) {
    Tensor all = torch.full(new long[] {queries, keys}, new Scalar(Double.NEGATIVE_INFINITY));
    return torch.triu(all, 1);
  }

  private static Tensor leaf(Tensor values) {
    return values.to(torch.ScalarType.Double).clone().set_requires_grad(true);
  }

  private static Tensor weights(Tensor q, Tensor k, Tensor mask, Tensor hidden) {
    Tensor scores = torch.matmul(q, k.transpose(2, 3)).mul(new Scalar(SCALE));
    Tensor masked = mask.defined() ? scores.add(mask) : scores;
    if (!hidden.defined()) {
      return masked.softmax(-1);
    }
    Tensor keys = hidden.view(hidden.size(0), 1, 1, hidden.size(1));
    Tensor weights = masked.add(keys.mul(new Scalar(1e30))).softmax(-1);
    return mask.defined() ? weights.mul(keys.add(new Scalar(1.0))) : weights;
  }

  private static void check(Tensor result, Tensor wanted) {
    double worst = result.sub(wanted).abs().max().item_double();
    assertTrue(worst < 1e-4, "differs by " + worst);
  }
}

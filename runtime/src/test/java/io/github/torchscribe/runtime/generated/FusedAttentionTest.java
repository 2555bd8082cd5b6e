package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attention in one operation gives what libtorch's own function and its autograd give. */
class FusedAttentionTest {
  private static final long HEADS = 2;
  private static final long WIDTH = 5;

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  /** One of several that were projected beside each other, each head's by itself. */
  private static Tensor of(Tensor projected, long places, long several, long which) {
    return projected.view(3, places, several, HEADS, WIDTH).select(2, which).transpose(1, 2);
  }

  private static Tensor hides(long places) {
    Tensor all = torch.full(new long[] {places, places}, new Scalar(Double.NEGATIVE_INFINITY));
    return torch.triu(all, 1);
  }

  @ParameterizedTest
  @CsvSource({"true, 6", "false, 6", "false, 4"})
  void isThatOfAutograd(boolean causal, long queries) {
    torch.manual_seed(4);
    long features = HEADS * WIDTH;
    boolean areBeside = queries == 6;
    Tensor all = torch.randn(3 * 6, 3 * features);
    Tensor asking = areBeside ? all : torch.randn(3 * queries, features);
    Tensor learned = all.clone().requires_grad_(true);
    Tensor learnedAsking = areBeside ? learned : asking.clone().requires_grad_(true);
    Tensor expected =
        torch.scaled_dot_product_attention(
            of(learnedAsking, queries, areBeside ? 3 : 1, 0),
            of(learned, 6, 3, 1),
            of(learned, 6, 3, 2),
            new TensorOptional(),
            0.0,
            causal,
            new DoubleOptional(0.3),
            false);
    Tensor gradient = torch.randn_like(expected);
    expected.mul(gradient).sum().backward();

    Tensor context = of(torch.zeros(3 * queries, features), queries, 1, 0);
    Prepared fused =
        FusedAttention.of(
            of(asking, queries, areBeside ? 3 : 1, 0),
            of(all, 6, 3, 1),
            of(all, 6, 3, 2),
            context,
            0.3,
            causal ? hides(6) : new Tensor());
    assertNotNull(fused);
    fused.compute();
    assertTrue(torch.allclose(expected, context, 1e-4, 1e-5, false), "forward");
    context.copy_(gradient);
    fused.backward();
    Tensor ofKeys = all.narrow(1, features, 2 * features);
    Tensor expectedOfKeys = learned.grad().narrow(1, features, 2 * features);
    assertTrue(torch.allclose(expectedOfKeys, ofKeys, 1e-4, 1e-5, false), "of keys and values");
    Tensor ofQueries = asking.narrow(1, 0, features);
    Tensor expectedOfQueries = learnedAsking.grad().narrow(1, 0, features);
    assertTrue(torch.allclose(expectedOfQueries, ofQueries, 1e-4, 1e-5, false), "of queries");
  }

  /** Kernels hide what comes after a place where there are as many keys as queries alone. */
  @Test
  void whatItCannotHideItLeaves() {
    Tensor queries = of(torch.zeros(12, HEADS * WIDTH), 4, 1, 0);
    Tensor keys = of(torch.zeros(18, HEADS * WIDTH), 6, 1, 0);
    Tensor mask = torch.triu(torch.full(new long[] {4, 6}, new Scalar(-9.0)), 1);
    assertNull(FusedAttention.of(queries, keys, keys, queries.clone(), 1, mask));
    TensorOptions bfloat16 = new TensorOptions(torch.ScalarType.BFloat16);
    Tensor half = torch.zeros(new long[] {3, HEADS, 4, WIDTH}, bfloat16);
    assertNull(FusedAttention.of(half, half, half, half, 1, new Tensor()));
    assertEquals(0, queries.count_nonzero().item_long(), "it is tried elsewhere");
  }
}

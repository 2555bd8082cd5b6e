package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class AttendedTest {
  private final Hands hands = new Hands();
  private final PointerScope scope = new PointerScope();

  @BeforeEach
  void begin() {
    assumeTrue(Pools.multipliesSmall());
    torch.manual_seed(5);
    Pools.begin();
    Pools.take(Pools.Need.WORKERS, 1);
  }

  @AfterEach
  void end() {
    hands.release();
    Pools.end();
    scope.close();
  }

  /** Each head's, as they lie where several are projected beside each other. */
  private static Tensor projected(long n, long heads, long places, long width) {
    Tensor all = torch.rand(n, places, 3, heads, width).sub_(new Scalar(0.4)).mul_(new Scalar(4.0));
    return all.select(2, 1).transpose(1, 2);
  }

  private static Tensor room(long n, long heads, long places, long keys) {
    return torch.full(new long[] {n, heads, places, keys}, new Scalar(Double.NaN));
  }

  private static Tensor inDoubles(
      Tensor query, Tensor key, Tensor value, double scale, Tensor mask, Tensor hidden) {
    torch.ScalarType doubles = torch.ScalarType.Double;
    Tensor scores =
        query.to(doubles).matmul(key.to(doubles).transpose(2, 3)).mul_(new Scalar(scale));
    if (mask.defined()) {
      scores.add_(mask.to(doubles));
    }
    if (hidden.defined()) {
      scores.add_(hidden.to(doubles).view(-1, 1, 1, hidden.size(1)), new Scalar(1e30));
    }
    Tensor weights = scores.softmax(-1);
    if (mask.defined() && hidden.defined()) { // who sees padding alone attends to nothing
      weights.mul_(hidden.add(new Scalar(1.0)).to(doubles).view(-1, 1, 1, hidden.size(1)));
    }
    return weights.matmul(value.to(doubles));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 12, 48, 48, 32, none",
    "1, 12, 48, 48, 32, hidden",
    "3, 2, 17, 17, 16, hidden",
    "2, 3, 33, 65, 24, none",
    "5, 4, 64, 64, 64, causal",
    "40, 4, 48, 48, 32, hidden",
    "1, 1, 300, 200, 64, none",
    "2, 2, 400, 400, 40, causal",
    "7, 4, 20, 20, 16, hidden",
    "3, 4, 32, 32, 16, causal hidden",
  })
  void isLibtorchsWhoeverComputesIt(
      long n, long heads, long places, long keys, long width, String what) {
    Tensor query = projected(n, heads, places, width);
    Tensor key = projected(n, heads, keys, width);
    Tensor value = projected(n, heads, keys, width);
    Tensor none = new Tensor();
    Tensor mask =
        what.contains("causal")
            ? torch
                .full(new long[] {places, keys}, new Scalar(Double.NEGATIVE_INFINITY))
                .triu(1)
                .contiguous()
            : none;
    Tensor hidden =
        what.contains("hidden")
            ? torch.rand(n, keys).gt(new Scalar(0.7)).to(torch.ScalarType.Float).neg()
            : none;
    double scale = 1 / Math.sqrt(width);
    Scalar by = new Scalar(scale);
    Tensor expected = inDoubles(query, key, value, scale, mask, hidden);
    Tensor first = null;
    for (int threads = 1; threads <= 3; threads++) {
      hands.expect(threads, 1);
      Tensor context = room(n, places, heads, width).transpose(1, 2);
      Tensor scores = room(n, heads, places, keys);
      Tensor weights = room(n, heads, places, keys);
      Attended some =
          Attended.of(
              hands,
              new HeadByHead.Given(
                  query, key, value, scores, weights, context, mask, hidden, none, by));
      hands.take(Math.min(threads, Pools.threads()));
      some.compute();
      hands.release();
      double off = expected.sub(context.to(torch.ScalarType.Double)).abs().max().item_double();
      assertEquals(0, off, 4e-6);
      first = first == null ? context.clone() : first;
      assertTrue(torch.equal(first, context));
      context.zero_();
      some.compute(); // nobody helps
      assertTrue(torch.equal(first, context));
    }
  }

  private Attended of(Tensor all, long places, long keys) {
    Tensor none = new Tensor();
    Tensor scores = room(2, 3, places, keys);
    Tensor weights = room(2, 3, places, keys);
    Tensor context = room(2, places, 3, all.size(3)).transpose(1, 2);
    return Attended.of(
        hands,
        new HeadByHead.Given(
            all, all, all, scores, weights, context, none, none, none, new Scalar(1.0)));
  }

  @Test
  void leavesWhatIsBetterDoneOtherwise() {
    hands.expect(2, 1);
    assertNotNull(of(projected(2, 3, 16, 16), 16, 16));
    assertNull(of(projected(2, 3, 15, 16), 15, 15));
    assertNull(of(projected(2, 3, 16, 15), 16, 16));
    assertNull(of(torch.rand(2, 3, 16, 16).transpose(2, 3), 16, 16));
  }
}

package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.process.Pools;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmallSumsTest {
  private final PointerScope scope = new PointerScope();
  private final SmallSums sums = new SmallSums();

  @BeforeEach
  void begin() {
    Pools.begin();
    Pools.take(Pools.Need.WORKERS, 1);
  }

  @AfterEach
  void end() {
    sums.clear();
    Pools.end();
    scope.close();
  }

  @Test
  void areLibtorchs() {
    for (long[] shape : new long[][] {{1, 48, 384}, {7}, {3, 5}, {1, 65_536}}) {
      Tensor first = torch.randn(shape);
      Tensor second = torch.randn(shape);
      Tensor result = torch.empty_like(first);
      for (int i = 0; i < 3; i++) {
        first.uniform_();
        assertTrue(sums.add(result, first, second));
        assertTrue(torch.equal(first.add(second), result));
        Tensor expected = result.add(second);
        assertTrue(sums.add(result, result, second));
        assertTrue(torch.equal(expected, result));
      }
      Tensor twice = torch.empty_like(first);
      assertTrue(sums.add(twice, first, first));
      assertTrue(torch.equal(first.add(first), twice));
    }
  }

  /** Nothing is remembered of tensors that come and go. */
  @Test
  void areLeftToLibtorchWhereOperandsChange() {
    Tensor result = torch.zeros(8);
    Tensor first = torch.randn(8);
    assertTrue(sums.add(result, first, torch.randn(8)));
    assertFalse(sums.add(result, first, torch.randn(8)));
    Tensor second = torch.randn(8);
    assertFalse(sums.add(result, first, second));
    assertFalse(sums.add(result, first, second));
    sums.clear();
    assertTrue(sums.add(result, first, second));
  }

  @Test
  void areLeftToLibtorchWhereTheyAreNotPlain() {
    Tensor square = torch.randn(8, 8);
    assertFalse(sums.add(torch.empty(8, 8), square, square.t()));
    assertFalse(sums.add(torch.empty(8, 8), square, torch.randn(8)));
    assertFalse(sums.add(torch.empty(8, 8), torch.randn(1, 8, 8).view(64, 1), square));
    assertFalse(sums.add(torch.empty(65_537), torch.randn(65_537), torch.randn(65_537)));
    Tensor half = square.to(torch.ScalarType.BFloat16);
    assertFalse(sums.add(torch.empty(8, 8), half, square));
  }
}

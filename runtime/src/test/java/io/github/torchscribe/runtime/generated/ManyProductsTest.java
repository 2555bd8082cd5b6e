package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products one by one are libtorch's, however the matrices lie. */
@ExtendWith(OneThreadOfOpenBlas.class)
class ManyProductsTest {
  /** Matrices, rows, columns, terms; the last are too narrow or too large, and libtorch's. */
  @ParameterizedTest
  @CsvSource({
    "128, 64, 64, 32",
    "128, 64, 32, 64",
    "3, 17, 50, 33",
    "12, 48, 48, 32",
    "1, 100, 100, 100",
    "5, 64, 8, 64",
    "2, 128, 128, 128"
  })
  void giveWhatLibtorchGives(long count, long rows, long columns, long terms) {
    for (int way = 0; way < 8; way++) {
      try (PointerScope scope = new PointerScope()) {
        Tensor left = random(count, rows, terms, (way & 1) != 0);
        Tensor right = random(count, terms, columns, (way & 2) != 0);
        Tensor result = random(count, rows, columns, (way & 4) != 0);
        Tensor mask = torch.randn(rows, columns);
        scope.attach(mask);
        Tensor wanted =
            torch.bmm(left.to(torch.ScalarType.Double), right.to(torch.ScalarType.Double));
        ManyProducts.multiply(null, result, null, left, right);
        check(result, wanted);
        ManyProducts.multiply(null, result, mask, left, right);
        check(result, wanted.add(mask));
        Scalar half = new Scalar(0.5);
        ManyProducts.multiply(null, result, mask, left, right, new Scalar(1.0), half);
        check(result, wanted.mul(half).add(mask));
        ManyProducts.multiply(null, result, result, left, right, new Scalar(0.0), half);
        check(result, wanted.mul(half));
        ManyProducts.multiply(null, result, mask, left, right, half, half);
        check(result, wanted.add(mask).mul(half));
      }
    }
  }

  /** Of a larger matrix, as heads lie beside each other; the other is the same for all. */
  @ParameterizedTest
  @CsvSource({"4, 64, 32"})
  void readWhereHeadsLie(long heads, long places, long width) {
    try (PointerScope scope = new PointerScope()) {
      Tensor all = torch.randn(places, heads, width);
      scope.attach(all);
      Tensor left = all.transpose(0, 1);
      Tensor right = torch.randn(1, width, places).expand(heads, width, places);
      Tensor result = torch.empty(heads, places, places);
      ManyProducts.multiply(null, result, null, left, right);
      check(result, torch.bmm(left.to(torch.ScalarType.Double), right.to(torch.ScalarType.Double)));
    }
  }

  private static Tensor random(long count, long rows, long columns, boolean isTurned) {
    return isTurned
        ? torch.randn(count, columns, rows).transpose(1, 2)
        : torch.randn(count, rows, columns);
  }

  private static void check(Tensor result, Tensor wanted) {
    double worst = result.sub(wanted).abs().max().item_double();
    assertTrue(worst < 1e-4, "differs by " + worst);
  }
}

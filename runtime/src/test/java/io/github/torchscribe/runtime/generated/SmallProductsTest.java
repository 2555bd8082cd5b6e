package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products as many small ones are libtorch's, however the matrices lie. */
@ExtendWith(OneThreadOfOpenBlas.class)
class SmallProductsTest {
  /** Rows, columns and terms: whole some, a few rows or columns more, long sums, few rows. */
  @ParameterizedTest
  @CsvSource({
    "2048, 384, 128", "2048, 128, 512", "200, 200, 784", "101, 203, 131", "33, 97, 1000",
    "48, 1152, 384", "1536, 48, 385", "32, 4000, 33", "300, 500, 255", "1000, 32, 1025"
  })
  void givesWhatLibtorchGives(long rows, long columns, long terms) {
    for (boolean left : new boolean[] {false, true}) {
      for (boolean right : new boolean[] {false, true}) {
        for (boolean result : new boolean[] {false, true}) {
          compare(rows, columns, terms, left, right, result);
        }
      }
    }
  }

  private static void compare(
      long rows, long columns, long terms, boolean turnsLeft, boolean turnsRight, boolean turns) {
    try (PointerScope scope = new PointerScope()) {
      Tensor left = random(rows, terms, turnsLeft);
      Tensor right = random(terms, columns, turnsRight);
      Tensor bias = torch.randn(columns);
      scope.attach(bias);
      Tensor result = random(rows, columns, turns);
      Tensor before = result.clone();
      SmallProducts some = small(result, left, right);
      boolean sums = turns ? !turnsRight : turnsLeft;
      boolean both = turns ? !turnsRight && !turnsLeft : turnsLeft && turnsRight;
      if (both || sums && rows * columns > 150_000 && terms > 256) {
        assertNull(some);
        return;
      }
      Tensor wanted = torch.mm(left.to(torch.ScalarType.Double), right.to(torch.ScalarType.Double));
      some.multiply(null, false, 1);
      check(result, wanted, terms);
      result.copy_(before);
      some.multiply(null, true, -0.5f);
      check(result, wanted.mul(new Scalar(-0.5)).add(before), terms);
      SmallOrWhole.multiply(result, bias, left, right);
      check(result, wanted.add(bias), terms);
    }
  }

  @Test
  void partOfALargerMatrixStaysWithinIt() {
    try (PointerScope scope = new PointerScope()) {
      Tensor whole = torch.zeros(300, 400);
      scope.attach(whole);
      Tensor part = whole.narrow(0, 50, 200).narrow(1, 100, 150);
      Tensor left = torch.randn(200, 90);
      Tensor right = torch.randn(90, 150);
      small(part, left, right).multiply(null, false, 1);
      check(part, torch.mm(left, right).to(torch.ScalarType.Double), 90);
      part.zero_();
      assertEquals(0, whole.abs().max().item_double());
    }
  }

  @Test
  void smallLargeAndNarrowOnesAreLeftToLibtorch() {
    try (PointerScope scope = new PointerScope()) {
      scope.attach(torch.empty(1));
      assertNull(small(100, 100, 100));
      assertNull(small(1000, 31, 1000));
      assertNull(small(1000, 1000, 2000));
      assertNotNull(small(101, 100, 100));
      assertNull(Matrix.of(torch.empty(64, 64, 2).select(2, 0)));
    }
  }

  /** BLAS is given addresses: it would read what lies behind, and libtorch says what is wrong. */
  @Test
  void sizesThatDoNotAgreeAreRefusedByLibtorch() {
    try (PointerScope scope = new PointerScope()) {
      Tensor result = torch.zeros(200, 200);
      scope.attach(result);
      Tensor left = torch.randn(200, 300);
      Tensor right = torch.randn(299, 200);
      assertThrows(RuntimeException.class, () -> multiply(result, null, left, right));
      assertThrows(
          RuntimeException.class,
          () -> multiply(result, torch.randn(199), left, torch.randn(300, 200)));
      assertThrows(
          RuntimeException.class, () -> multiply(result, null, left, torch.randn(300, 200, 2)));
      assertEquals(0, result.abs().max().item_double());
      assertFalse(SmallOrWhole.add(result, left, right, new Scalar(1)));
      assertFalse(SmallOrWhole.add(result, left, torch.randn(300, 201), new Scalar(1)));
      assertFalse(SmallOrWhole.add(result, torch.randn(201, 300), right, new Scalar(1)));
      assertThrows(
          RuntimeException.class,
          () ->
              ManyProducts.multiply(
                  null,
                  torch.zeros(4, 40, 40),
                  null,
                  torch.ones(4, 40, 30),
                  torch.ones(4, 29, 40)));
      assertThrows(
          RuntimeException.class,
          () ->
              ManyProducts.multiply(
                  null,
                  torch.zeros(4, 40, 40),
                  null,
                  torch.ones(3, 40, 30),
                  torch.ones(4, 30, 40)));
    }
  }

  /** One row for all, one column for all, one number for all biases. */
  @Test
  void whatIsSpreadOutIsMultipliedToo() {
    try (PointerScope scope = new PointerScope()) {
      Tensor left = torch.randn(200, 300);
      scope.attach(left);
      Tensor right = torch.randn(300, 200);
      Tensor result = torch.zeros(200, 200);
      for (Tensor[] some :
          new Tensor[][] {
            {torch.randn(1, 300).expand(200, 300), right},
            {torch.randn(200, 1).expand(200, 300), right},
            {left, torch.randn(1, 200).expand(300, 200)},
            {left, torch.randn(300, 1).expand(300, 200)},
            {torch.randn(499).as_strided(new long[] {200, 300}, new long[] {1, 1}), right}
          }) {
        multiply(result, null, some[0], some[1]);
        Tensor wanted =
            torch.mm(some[0].to(torch.ScalarType.Double), some[1].to(torch.ScalarType.Double));
        check(result, wanted, 300);
      }
      Tensor one = torch.randn(1);
      multiply(result, one, left, right);
      check(result, torch.mm(left, right).add(one).to(torch.ScalarType.Double), 300);
    }
  }

  private static void multiply(Tensor result, Tensor shift, Tensor left, Tensor right) {
    SmallOrWhole.multiply(result, shift, left, right);
  }

  private static SmallProducts small(long rows, long columns, long terms) {
    return small(torch.empty(rows, columns), torch.empty(rows, terms), torch.empty(terms, columns));
  }

  private static SmallProducts small(Tensor result, Tensor left, Tensor right) {
    SmallProducts some = SmallProducts.of(Matrix.of(result), Matrix.of(left), Matrix.of(right));
    return some != null && some.pays() ? some : null;
  }

  private static Tensor random(long rows, long columns, boolean isTurned) {
    return isTurned ? torch.randn(columns, rows).t() : torch.randn(rows, columns);
  }

  /** Numbers of about 1, of which there are so many in a sum, in 32 bits. */
  private static void check(Tensor result, Tensor wanted, long terms) {
    double worst = result.sub(wanted).abs().max().item_double();
    assertTrue(worst < 1e-6 * (10 + terms), worst + " for sums of " + terms);
  }
}

package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
class TurnedProductTest {
  private final Hands hands = new Hands();
  private final PointerScope scope = new PointerScope();
  private final TurnedWeights turned = new TurnedWeights();

  @BeforeEach
  void begin() {
    torch.manual_seed(3);
    Pools.begin();
    Pools.take(Pools.Need.WORKERS, 1);
  }

  @AfterEach
  void end() {
    hands.release();
    Pools.end();
    turned.close();
    scope.close();
  }

  private static Tensor numbers(long... shape) {
    return torch.rand(shape).sub_(new Scalar(0.4));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 384, 1152",
    "8, 384, 384",
    "17, 1536, 384",
    "48, 384, 1536",
    "64, 2000, 100",
    "65, 384, 1536",
    "200, 200, 300",
    "333, 129, 1001",
    "1000, 784, 200",
  })
  void isLibtorchsWhoeverComputesIt(int rows, int length, int features) {
    Tensor weight = numbers(features, length);
    Tensor bias = numbers(features);
    Tensor wide = numbers(rows, 2L * length);
    for (Tensor from : new Tensor[] {numbers(rows, length), wide.narrow(1, length, length)}) {
      for (Tensor shift : new Tensor[] {bias, null}) {
        Tensor expected =
            shift == null ? from.mm(weight.t()) : torch.addmm(shift, from, weight.t());
        hands.expect(1, 1);
        Tensor to = torch.empty(rows, features);
        TurnedProduct.of(hands, turned, to, from, weight, shift).compute();
        assertEquals(0, expected.sub(to).abs().max().item_float(), 2e-7 * length);
        hands.expect(3, 1);
        Tensor divided = torch.empty(rows, features);
        TurnedProduct some = TurnedProduct.of(hands, turned, divided, from, weight, shift);
        hands.take(Math.min(3, Pools.threads()));
        some.compute();
        hands.release();
        assertTrue(torch.equal(to, divided));
        divided.zero_();
        some.compute(); // nobody helps
        assertTrue(torch.equal(to, divided));
      }
    }
  }

  @Test
  void leavesWhatItCannotRead() {
    hands.expect(1, 1);
    Tensor to = torch.empty(8, 300);
    Tensor from = numbers(8, 300);
    Tensor weight = numbers(300, 300);
    assertNotNull(TurnedProduct.of(hands, turned, to, from, weight, null));
    assertNull(TurnedProduct.of(hands, turned, to, numbers(300, 8).t(), weight, null));
    assertNull(TurnedProduct.of(hands, turned, torch.empty(300, 8).t(), from, weight, null));
    Tensor half = numbers(300, 600).narrow(1, 0, 300);
    assertNull(TurnedProduct.of(hands, turned, to, from, half, null));
    assertTrue(TurnedProduct.pays(weight));
    assertTrue(!TurnedProduct.pays(numbers(10, 10_000)) && !TurnedProduct.pays(numbers(99, 99)));
  }

  /** Two answers with weights of one time are nothing to turn them for. */
  @Test
  void areTurnedWhereTheyStay() {
    assertEquals(TurnedWeights.NONE, turned.version(5, false));
    assertEquals(TurnedWeights.NONE, turned.version(5, false));
    int first = turned.version(5, false);
    assertNotEquals(TurnedWeights.NONE, first);
    assertEquals(first, turned.version(5, false));
    assertEquals(first, turned.lastVersion(5, false));
    assertEquals(TurnedWeights.NONE, turned.lastVersion(6, false));
    for (int i = 0; i < 4; i++) { // it was not worth it: twice as many
      assertEquals(TurnedWeights.NONE, turned.version(6, false), i + "");
    }
    int second = turned.version(6, false);
    assertNotEquals(TurnedWeights.NONE, second);
    assertNotEquals(first, second);
    for (int i = 0; i < 100; i++) {
      assertEquals(second, turned.version(6, false));
    }
    for (int i = 0; i < 4; i++) { // it was
      assertEquals(TurnedWeights.NONE, turned.version(7, false));
    }
    assertNotEquals(TurnedWeights.NONE, turned.version(7, false));
    turned.share();
    assertEquals(TurnedWeights.NONE, turned.lastVersion(7, false));
    assertEquals(TurnedWeights.NONE, turned.version(7, false));
  }

  /** A predictor's answers have the same bits from the first on. */
  @Test
  void areTurnedAtOnceForPredictors() {
    int first = turned.lastVersion(1, true);
    assertNotEquals(TurnedWeights.NONE, first);
    assertEquals(first, turned.version(1, true));
    assertNotEquals(first, turned.version(2, true));
    assertNotEquals(TurnedWeights.NONE, turned.version(2, true));
    assertEquals(TurnedWeights.NONE, turned.version(3, false));
    turned.of(numbers(300, 300), 64);
    assertNotEquals(TurnedWeights.NONE, turned.version(3, false)); // somebody has turned them
  }

  /** Who trains, and asks a few times after each step, has them turned ever more rarely. */
  @Test
  void areNotTurnedOverAndOver() {
    int made = 0;
    for (int step = 0; step < 1000; step++) {
      int answers = 0;
      for (int i = 0; i < 20; i++) {
        answers += turned.version(step, false) == TurnedWeights.NONE ? 0 : 1;
      }
      made += answers > 0 ? 1 : 0;
    }
    assertEquals(4, made);
  }

  @Test
  void aWeightIsTurnedOnce() {
    assumeTrue(Pools.multipliesSmall());
    Tensor weight = numbers(384, 384);
    assertEquals(turned.of(weight, 64).address(), turned.of(weight, 64).address());
    assertEquals(weight.select(0, 1).select(0, 0).item_float(), turned.of(weight, 64).get(1));
    assertEquals(weight.select(0, 0).select(0, 1).item_float(), turned.of(weight, 64).get(64));
  }
}

package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What it computes is libtorch's convolution, whoever computes it and whatever weights become. */
@Timeout(120)
class WinogradTest {
  private static final long[] ONE = {1, 1};

  /** The worst of all numbers, of the largest: libtorch's own is off by up to 1e-6. */
  private static final double WORST = 2e-6;

  /** In, out, height, width, padding above and beside. */
  private static final long[][] SIZES = {
    {32, 64, 26, 26, 0, 0},
    {32, 64, 27, 25, 0, 0},
    {64, 64, 56, 56, 1, 1},
    {16, 32, 14, 41, 1, 0},
    {17, 33, 19, 13, 0, 2},
    {160, 96, 12, 12, 1, 1},
    {512, 512, 14, 14, 1, 1},
    {24, 40, 150, 3, 0, 1},
    {48, 80, 2, 200, 2, 1},
    {64, 64, 5, 5, 1, 1},
    {16, 16, 9, 10, 0, 1},
  };

  private final Hands hands = new Hands();
  private WeightCopies copies = new WeightCopies();
  private final PointerScope scope = new PointerScope();

  @BeforeEach
  void begin() {
    torch.manual_seed(3);
    Pools.begin();
    Pools.take(Pools.Need.WORKERS, 1);
    assumeTrue(Pools.multipliesSmall());
  }

  @AfterEach
  void end() {
    hands.release();
    Pools.end();
    copies.close();
    scope.close();
  }

  private static Tensor numbers(long... shape) {
    return torch.rand(shape).sub_(new Scalar(0.4));
  }

  private static Tensor image(long channels, long height, long width) {
    return ChannelsLast.seen(numbers(1, height, width, channels));
  }

  private static Tensor exactly(Tensor from, Tensor weight, Tensor bias, long... padding) {
    Tensor shift = bias == null ? null : bias.to(torch.ScalarType.Double);
    return torch.convolution(
        from.to(torch.ScalarType.Double),
        weight.to(torch.ScalarType.Double),
        shift == null ? new TensorOptional() : new TensorOptional(shift),
        ONE,
        padding,
        ONE,
        false,
        new long[2],
        1);
  }

  private static double difference(Tensor some, Tensor exact) {
    Tensor off = some.to(torch.ScalarType.Double).sub(exact).abs().max();
    return off.item_double() / exact.abs().max().item_double();
  }

  /** Of all numbers, not the worst of them: libtorch's own is 3e-7. */
  private static double usualDifference(Tensor some, Tensor exact) {
    Tensor off = some.to(torch.ScalarType.Double).sub(exact);
    return Math.sqrt(off.square().mean().item_double() / exact.square().mean().item_double());
  }

  @Test
  void isAConvolution() {
    int divided = 0;
    for (int threads = 1; threads <= 4; threads += 3) {
      hands.expect(threads, 1);
      for (long[] some : SIZES) {
        Tensor from = image(some[0], some[2], some[3]);
        Tensor weight = numbers(some[1], some[0], 3, 3);
        Tensor bias = some[3] % 2 == 0 ? null : numbers(some[1]);
        long[] padding = {some[4], some[5]};
        copies.close();
        copies = new WeightCopies(); // of another model
        Tensor exact = exactly(from, weight, bias, padding);
        Tensor to = image(some[1], exact.size(2), exact.size(3));
        Winograd winograd = Winograd.of(hands, copies, to, from, weight, bias, padding);
        assertNotNull(winograd, Arrays.toString(some));
        winograd.compute();
        Tensor alone = to.clone();
        divided += winograd.divides() ? 1 : 0;
        assertEquals(0, difference(alone, exact), WORST, Arrays.toString(some));
        assertEquals(0, usualDifference(alone, exact), 1e-6, Arrays.toString(some));
        to.fill_(new Scalar(-1));
        hands.take(Math.min(threads, Pools.threads()));
        winograd.compute();
        hands.release();
        assertTrue(torch.equal(alone, to), Arrays.toString(some));
      }
    }
    assertTrue(divided >= 3, divided + " are divided");
  }

  @Test
  void readsTheImageAnew() {
    Tensor from = image(16, 24, 24);
    Tensor weight = numbers(32, 16, 3, 3);
    Tensor to = image(32, 24, 24);
    Winograd winograd = Winograd.of(hands, copies, to, from, weight, null, 1, 1);
    winograd.compute();
    from.copy_(image(16, 24, 24));
    winograd.compute();
    assertEquals(0, difference(to, exactly(from, weight, null, 1, 1)), WORST);
  }

  @Test
  void readsWeightsThatSomebodyHasWritten() {
    Tensor flat = numbers(16 * 32 * 9 + 5);
    Tensor weight = flat.narrow(0, 5, 16 * 32 * 9).view(32, 16, 3, 3);
    Tensor from = image(16, 24, 24);
    Tensor first = image(32, 24, 24);
    Tensor second = image(32, 24, 24);
    Winograd one = Winograd.of(hands, copies, first, from, weight, null, 1, 1);
    Winograd other = Winograd.of(hands, copies, second, from, weight, null, 1, 1);
    one.compute();
    flat.mul_(new Scalar(2.0)); // by libtorch
    one.compute();
    other.compute();
    Tensor exact = exactly(from, weight, null, 1, 1);
    assertEquals(0, difference(first, exact), WORST);
    assertTrue(torch.equal(first, second));
    weight.data_ptr_float().put(16 * 32 * 9 - 1, 9); // by hand
    other.compute();
    assertFalse(torch.equal(first, second));
    assertEquals(0, difference(second, exactly(from, weight, null, 1, 1)), WORST);
    one.compute();
    assertTrue(torch.equal(first, second));
    weight.data_ptr_float().put(0, Float.NaN);
    one.compute();
    assertTrue(first.select(1, 0).isnan().any().item_bool());
    assertFalse(first.narrow(1, 1, 31).isnan().any().item_bool());
    weight.data_ptr_float().put(0, 0);
    one.compute();
    assertFalse(first.isnan().any().item_bool());
  }

  @Test
  void leavesOthersToOthers() {
    assertNull(
        Winograd.of(
            hands, copies, image(32, 4, 4), image(32, 4, 4), numbers(32, 32, 3, 3), null, 1, 1),
        "few places");
    assertNull(
        Winograd.of(
            hands, copies, image(32, 24, 24), image(3, 26, 26), numbers(32, 3, 3, 3), null, 0, 0),
        "few channels");
    assertNull(
        Winograd.of(
            hands, copies, image(32, 22, 22), image(32, 26, 26), numbers(32, 32, 5, 5), null, 0, 0),
        "another kernel");
  }
}

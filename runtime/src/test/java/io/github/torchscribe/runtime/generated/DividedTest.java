package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What several threads compute is what one computes, bit for bit, and is divided as a rule. */
@Timeout(120)
class DividedTest {
  private static final int THREADS = 4;

  /** Channels in and out, height and width, kernel, stride, padding, dilation, groups. */
  private static final long[][] CONVOLUTIONS = {
    {32, 64, 26, 26, 3, 1, 0, 1, 1},
    {64, 64, 56, 56, 3, 1, 1, 1, 1},
    {64, 128, 56, 56, 3, 2, 1, 1, 1},
    {3, 64, 112, 112, 7, 2, 3, 1, 1},
    {256, 64, 56, 56, 1, 1, 0, 1, 1},
    {128, 128, 28, 29, 3, 1, 1, 1, 1},
    {256, 512, 28, 28, 1, 2, 0, 1, 1},
    {64, 64, 40, 41, 3, 1, 2, 2, 1},
    {128, 128, 56, 50, 3, 1, 1, 1, 4},
    {32, 32, 61, 64, 5, 1, 2, 1, 1},
  };

  private final Hands hands = new Hands();
  private final PointerScope scope = new PointerScope();

  @BeforeEach
  void begin() {
    torch.manual_seed(7);
    hands.expect(THREADS, 1);
    Pools.begin();
    Pools.take(Pools.Need.WORKERS, 1);
  }

  @AfterEach
  void end() {
    hands.release();
    Pools.end();
    scope.close();
  }

  private static Tensor numbers(long... shape) {
    return torch.rand(shape).sub_(new Scalar(0.4));
  }

  private static Tensor image(long channels, long height, long width) {
    return ChannelsLast.seen(numbers(1, height, width, channels));
  }

  /** By one thread, then by several. */
  private void assertSame(Tensor to, Prepared some) {
    some.compute();
    Tensor alone = to.clone();
    to.fill_(new Scalar(-1));
    hands.take(Math.min(THREADS, Pools.threads()));
    some.compute();
    hands.release();
    assertTrue(torch.equal(alone, to));
  }

  /** Of kernels of other processors nobody has looked how they add up. */
  private static void assertAreMost(int divided, int all) {
    assumeTrue(Pools.multipliesSmall());
    assertTrue(2 * divided > all, divided + " are divided");
  }

  @Test
  void bandsOfImages() {
    assumeTrue(torch.hasMKLDNN());
    int divided = 0;
    for (long[] some : CONVOLUTIONS) {
      Tensor from = image(some[0], some[2], some[3]);
      Tensor weight = numbers(some[1], some[0] / some[8], some[4], some[4]);
      TensorOptional bias = new TensorOptional(numbers(some[1]));
      long[] stride = {some[5], some[5]};
      long[] padding = {some[6], some[6]};
      long[] dilation = {some[7], some[7]};
      Tensor expected =
          torch.convolution(
              from, weight, bias, stride, padding, dilation, false, new long[2], some[8]);
      Tensor to = image(some[1], expected.size(2), expected.size(3));
      Bands bands = Bands.of(hands, to, from, weight, bias, stride, padding, dilation, some[8]);
      divided += bands.divides() ? 1 : 0;
      assertSame(to, bands);
      assertTrue(torch.equal(expected, to));
    }
    assertAreMost(divided, CONVOLUTIONS.length);
  }

  @Test
  void padsMoreThanAWindowReaches() {
    hands.expect(16, 1);
    Tensor from = image(256, 26, 40);
    Tensor weight = numbers(256, 256, 1, 1);
    Tensor to = image(256, 32, 46);
    long[] one = {1, 1};
    long[] padding = {3, 3};
    assertNull(
        Bands.of(hands, to, from, weight, new TensorOptional(), one, padding, one, 1),
        "some rows see only padding");
    assertEquals(1, hands.useful());
  }

  @Test
  void areAskedForAsManyAsThereAreParts() {
    OneRow.of(hands, numbers(200), numbers(784), numbers(200, 784), null);
    assertEquals(1, hands.useful());
    OneRow.of(hands, numbers(1000), numbers(784), numbers(1000, 784), null);
    assertEquals(3, hands.useful());
  }

  @Test
  void smallImages() {
    Tensor from = image(1, 28, 28);
    Tensor weight = numbers(32, 1, 3, 3);
    Tensor bias = numbers(32);
    long[] stride = {1, 2};
    Tensor expected =
        torch.convolution(
            from,
            weight,
            new TensorOptional(bias),
            stride,
            new long[2],
            new long[] {1, 1},
            false,
            new long[2],
            1);
    Tensor to = image(32, 26, 13);
    Unfolded.of(to, from, weight, bias, stride, true).compute();
    assertEquals(0, expected.sub(to).abs().max().item_float(), 1e-6);
    assertNull(Unfolded.of(to, from, weight, bias, stride, false));
    assertNull(Unfolded.of(to, image(2, 28, 28), weight, bias, stride, true));
  }

  @Test
  void rowsOfAMatrix() {
    int divided = 0;
    long[][] sizes = {{4096, 784}, {128, 9216}, {1000, 2048}, {250, 4001}, {1000, 1000}};
    for (long[] size : sizes) {
      Tensor to = numbers(size[0]);
      OneRow row =
          OneRow.of(hands, to, numbers(size[1]), numbers(size[0], size[1]), numbers(size[0]));
      divided += row.divides() ? 1 : 0;
      assertSame(to, row);
    }
    assertAreMost(divided, sizes.length);
    assertFalse(OneRow.of(hands, numbers(10), numbers(784), numbers(10, 784), null).divides());
  }

  /** What nobody is woken for is divided with who is awake. */
  @Test
  void rowsOfASmallMatrix() {
    assumeTrue(Pools.threads() > 1);
    hands.expect(1, 2);
    int divided = 0;
    long[][] sizes = {{200, 784}, {200, 200}, {384, 384}, {64, 2048}, {100, 401}};
    for (long[] size : sizes) {
      Tensor to = numbers(size[0]);
      OneRow row =
          OneRow.of(hands, to, numbers(size[1]), numbers(size[0], size[1]), numbers(size[0]));
      divided += row.divides() ? 1 : 0;
      row.compute();
      Tensor alone = to.clone();
      hands.take(2);
      for (int i = 0; i < 20; i++) {
        hands.divide(2, part -> {}); // so that one is awake
        to.fill_(new Scalar(-1));
        row.compute();
        assertTrue(torch.equal(alone, to));
      }
      hands.release();
    }
    assertAreMost(divided, sizes.length);
    assertFalse(OneRow.of(hands, numbers(10), numbers(200), numbers(10, 200), null).divides());
  }

  /** The bits are libtorch's, where it is OpenBLAS that is called. */
  @Test
  void aRowIsThatOfLibtorch() {
    for (long[] size : new long[][] {{200, 784}, {10, 200}, {1, 9}, {3, 1}, {129, 33}}) {
      Tensor to = numbers(size[0]);
      Tensor from = numbers(size[1]);
      Tensor weight = numbers(size[0], size[1]);
      Tensor bias = numbers(size[0]);
      OneRow.of(hands, to, from, weight, bias).compute();
      assertTrue(torch.equal(torch.addmv(bias, weight, from), to), Arrays.toString(size));
      OneRow.of(hands, to, from, weight, null).compute();
      assertTrue(torch.equal(torch.mv(weight, from), to), Arrays.toString(size));
      Tensor wide = numbers(size[0], 2 * size[1]);
      Tensor half = wide.narrow(1, 0, size[1]);
      OneRow.of(hands, to, from, half, bias).compute();
      assertTrue(torch.equal(torch.addmv(bias, half, from), to), Arrays.toString(size));
      Tensor turned = numbers(size[1], size[0]).t();
      OneRow.of(hands, to, from, turned, bias).compute();
      assertTrue(torch.equal(torch.addmv(bias, turned, from), to), Arrays.toString(size));
    }
    Tensor sixteen = numbers(8, 16).to(torch.ScalarType.BFloat16);
    Tensor x = numbers(16).to(torch.ScalarType.BFloat16);
    Tensor shift = numbers(8).to(torch.ScalarType.BFloat16);
    Tensor to = torch.empty_like(shift);
    OneRow.of(hands, to, x, sixteen, shift).compute();
    assertTrue(torch.equal(torch.addmv(shift, sixteen, x), to));
  }

  private static List<Rowwise.Operation> operations(long width) {
    TensorOptional weight = new TensorOptional(numbers(width));
    TensorOptional bias = new TensorOptional(numbers(width));
    return List.of(
        Rowwise.Operation.GELU,
        Rowwise.Operation.GELU_BY_TANH,
        Rowwise.Operation.SOFTMAX,
        Rowwise.Operation.layerNorm(new long[] {width}, weight, bias, 1e-5));
  }

  @Test
  void rowsByThemselves() {
    for (long[] shape : new long[][] {{1, 48, 1536}, {12, 48, 48}, {7, 100, 64}, {40_000, 3}}) {
      for (Rowwise.Operation operation : operations(shape[shape.length - 1])) {
        Tensor from = numbers(shape).mul_(new Scalar(20));
        Tensor to = torch.empty_like(from);
        Rowwise some = Rowwise.of(hands, operation, to, from);
        if (some != null) {
          assertTrue(some.divides(), operation.name() + " " + Arrays.toString(shape));
          assertSame(to, some);
        }
        Tensor expected = torch.empty_like(from);
        operation.compute(expected, from);
        operation.compute(to, from);
        assertTrue(torch.equal(expected, to));
      }
    }
    Tensor small = numbers(100, 100);
    Tensor turned = numbers(200, 200).t();
    for (Rowwise.Operation operation : operations(100)) {
      assertNull(Rowwise.of(hands, operation, torch.empty_like(small), small));
    }
    for (Rowwise.Operation operation : operations(200)) {
      assertNull(Rowwise.of(hands, operation, torch.empty_like(turned), turned));
    }
  }

  @Test
  void columnsOfAProduct() {
    assumeTrue(Pools.multipliesSmall());
    int divided = 0;
    long[][] sizes = {{128, 384, 1152}, {100, 1536, 384}, {300, 256, 1000}, {6, 768, 3072}};
    for (long[] size : sizes) {
      Tensor to = numbers(size[0], size[2]);
      Stripes columns =
          Stripes.of(hands, to, numbers(size[0], size[1]), numbers(size[2], size[1]), null);
      divided += columns.divides() ? 1 : 0;
      assertSame(to, columns);
    }
    assertAreMost(divided, sizes.length);
    // The whole has too many weights for small products; each of the parts would not have.
    for (long[] size : new long[][] {{128, 1000, 2000}, {128, 768, 3072}, {128, 1024, 4096}}) {
      Tensor to = numbers(size[0], size[2]);
      Stripes columns =
          Stripes.of(
              hands, to, numbers(size[0], size[1]), numbers(size[2], size[1]), numbers(size[2]));
      assertTrue(columns.divides(), Arrays.toString(size));
      assertSame(to, columns);
    }
    assertNull(Stripes.of(hands, numbers(8, 64), numbers(8, 64), numbers(64, 64), null));
  }
}

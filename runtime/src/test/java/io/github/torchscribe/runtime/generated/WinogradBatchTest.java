package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions of a batch and their gradients are libtorch's, which computes them in doubles. */
@ExtendWith(OneThreadOfOpenBlas.class)
class WinogradBatchTest {
  private static final long[] ONE = {1, 1};
  private static final BoolPointer ALL = mask(true, true, true);

  private final PointerScope scope = new PointerScope();
  private final Hands hands = new Hands();
  private final WinogradBatch batch = new WinogradBatch(hands);
  private int threads;

  @BeforeEach
  void begin() {
    threads = torch.get_num_threads();
    assumeTrue(Pools.multipliesSmall());
    torch.manual_seed(3);
    torch.set_num_threads(1);
  }

  @AfterEach
  void end() {
    torch.set_num_threads(threads);
    scope.close();
  }

  private static BoolPointer mask(boolean image, boolean weight, boolean bias) {
    return new BoolPointer(3).put(0, image).put(1, weight).put(2, bias);
  }

  /** Their mean is not 0, as behind a ReLU. */
  private static Tensor images(long count, long channels, long height, long width) {
    return ChannelsLast.seen(torch.rand(count, height, width, channels).sub_(new Scalar(0.4)));
  }

  private static Tensor twice(Tensor some) {
    return some.to(torch.ScalarType.Double);
  }

  /** The worst of all numbers, of the largest; and the usual, of the usual. */
  private static void near(String what, Tensor some, Tensor exact) {
    Tensor off = twice(some).sub(exact);
    double worst = off.abs().max().item_double() / exact.abs().max().item_double();
    assertEquals(0, worst, 4e-6, what);
    double usual = Math.sqrt(off.square().sum().item_double() / exact.square().sum().item_double());
    assertEquals(0, usual, 1.5e-6, what);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 32, 32, 28, 28, 1, 1", "9, 64, 64, 14, 14, 1, 1", "5, 32, 64, 26, 26, 0, 0",
    "6, 16, 32, 23, 17, 2, 1", "3, 17, 33, 31, 30, 0, 2", "2, 128, 96, 33, 41, 1, 0",
    "40, 48, 16, 7, 9, 1, 1", "200, 24, 40, 1, 11, 1, 1", "700, 16, 16, 3, 3, 0, 0",
    "2, 20, 36, 2, 600, 2, 2", "12, 160, 208, 13, 14, 1, 1"
  })
  void isAConvolutionWithItsGradients(
      long count, long in, long out, long height, long width, long above, long beside) {
    long[] padding = {above, beside};
    Tensor image = images(count, in, height, width);
    Tensor weight = torch.rand(out, in, 3, 3).sub_(new Scalar(0.45));
    Tensor bias = torch.randn(out);
    TensorOptional exactBias = new TensorOptional(twice(bias));
    assertTrue(WinogradBatch.suits(image, weight, padding));
    Tensor exact =
        torch.convolution(
            twice(image), twice(weight), exactBias, ONE, padding, ONE, false, new long[2], 1);
    Tensor result = batch.convolution(image, weight, bias, padding);
    near("result", result, exact);
    Tensor again = batch.convolution(image, weight, bias, padding);
    assertTrue(torch.equal(result, again), "the same each time");

    Tensor gradient = images(count, out, exact.size(2), exact.size(3));
    T_TensorTensorTensor_T exactGradients =
        torch.convolution_backward(
            twice(gradient),
            twice(image),
            twice(weight),
            new long[] {out},
            ONE,
            padding,
            ONE,
            false,
            new long[2],
            1,
            ALL);
    T_TensorTensorTensor_T gradients = batch.gradients(gradient, image, weight, padding, ALL);
    near("of the image", gradients.get0(), exactGradients.get0());
    near("of the weight", gradients.get1(), exactGradients.get1());
    near("of the bias", gradients.get2(), exactGradients.get2());
  }

  @Test
  void computesWhatIsWanted() {
    Tensor image = images(4, 16, 28, 28);
    Tensor weight = torch.rand(32, 16, 3, 3);
    Tensor gradient = images(4, 32, 28, 28);
    T_TensorTensorTensor_T all = batch.gradients(gradient, image, weight, ONE, ALL);
    BoolPointer weightOnly = mask(false, true, false);
    T_TensorTensorTensor_T one = batch.gradients(gradient, image, weight, ONE, weightOnly);
    assertFalse(one.get0().defined());
    assertTrue(torch.equal(all.get1(), one.get1()));
    assertFalse(one.get2().defined());
  }

  /** Parts are of the number of threads, and not of who is there to compute them. */
  @Test
  void isTheSameWithHelpersAndWithout() {
    Tensor image = images(9, 32, 27, 26);
    Tensor weight = torch.rand(48, 32, 3, 3);
    Tensor gradient = images(9, 48, 27, 26);
    torch.set_num_threads(3);
    Tensor result = batch.convolution(image, weight, null, ONE);
    T_TensorTensorTensor_T gradients = batch.gradients(gradient, image, weight, ONE, ALL);
    Pools.begin();
    Pools.take(Pools.Need.LIBTORCH, 1);
    torch.set_num_threads(3);
    hands.take(3);
    try {
      for (int i = 0; i < 5; i++) {
        assertTrue(torch.equal(result, batch.convolution(image, weight, null, ONE)));
        T_TensorTensorTensor_T again = batch.gradients(gradient, image, weight, ONE, ALL);
        assertTrue(torch.equal(gradients.get0(), again.get0()));
        assertTrue(torch.equal(gradients.get1(), again.get1()));
      }
    } finally {
      hands.release();
      Pools.end();
    }
  }

  /** What other memory holds must not be seen, and zeros beyond the end must be zeros. */
  @Test
  void givesNumbersWhereOtherMemoryHasNone() {
    Tensor image = images(4, 32, 28, 28);
    Tensor weight = torch.rand(32, 32, 3, 3);
    Tensor expected = batch.convolution(image, weight, null, ONE);
    for (long size = 1_000; size < 5_000_000; size *= 3) {
      torch.full(new long[] {size}, new Scalar(Double.NaN)).close();
    }
    assertTrue(torch.equal(expected, batch.convolution(image, weight, null, ONE)));
    Tensor infinite = image.clone();
    infinite.select(0, 1).fill_(new Scalar(Double.POSITIVE_INFINITY));
    Tensor seen = batch.convolution(infinite, weight, null, ONE);
    assertTrue(torch.equal(seen.select(0, 0), expected.select(0, 0)));
    assertTrue(torch.equal(seen.narrow(0, 2, 2), expected.narrow(0, 2, 2)));
    assertFalse(seen.select(0, 1).isfinite().any().item_bool());
  }

  @Test
  void leavesOthersToLibtorch() {
    Tensor weight = torch.rand(32, 32, 3, 3);
    Tensor image = images(4, 32, 28, 28);
    assertTrue(WinogradBatch.suits(image, weight, ONE));
    assertFalse(WinogradBatch.suits(images(1, 32, 28, 28), weight, ONE), "few places");
    assertFalse(WinogradBatch.suits(torch.rand(4, 32, 28, 28), weight, ONE), "channels first");
    assertFalse(WinogradBatch.suits(image, torch.rand(32, 32, 5, 5), ONE), "another kernel");
    assertFalse(WinogradBatch.suits(image, weight, 3, 1), "more zeros");
    assertFalse(WinogradBatch.suits(twice(image), twice(weight), ONE), "doubles");
    assertFalse(
        WinogradBatch.suits(
            image.to(torch.ScalarType.BFloat16), weight.to(torch.ScalarType.BFloat16), ONE),
        "bfloat16");
  }
}

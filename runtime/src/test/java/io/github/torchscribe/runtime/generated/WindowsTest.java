package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The maxima of windows are those of libtorch's pool, for few images and for many. */
class WindowsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 4, 4, 2, 2",
    "3, 5, 7, 2, 2",
    "4, 5, 7, 2, 3",
    "8, 9, 9, 3, 2",
    "2, 6, 6, 3, 3",
  })
  void areThoseOfThePool(long images, long height, long width, long down, long across) {
    PointerScope scope = new PointerScope();
    try {
      for (boolean channelsLast : new boolean[] {false, true}) {
        Tensor input = images(images, height, width, channelsLast);
        Tensor result = images(images, height / down, width / across, channelsLast);
        for (boolean areKept : new boolean[] {false, true}) {
          result.fill_(new Scalar(-9));
          Windows.of(result, input, down, across, areKept).compute();
          assertTrue(result.equal(torch.max_pool2d(input, down, across)));
        }
      }
    } finally {
      scope.close();
    }
  }

  private static Tensor images(long count, long height, long width, boolean channelsLast) {
    return channelsLast
        ? torch.randn(count, height, width, 6).permute(0, 3, 1, 2)
        : torch.randn(count, 6, height, width);
  }
}

package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** What is measured of a digit is what NumPy measures of it. */
class InkTest {
  private static final double LITTLE = 1e-3;

  @Test
  void aStrokeLeansAsItWasDrawn() {
    float[] pixels = new float[20 * 20];
    Arrays.fill(pixels, -0.4f); // black, as the network gets it
    for (int up = -4; up <= 4; up += 2) {
      pixels[(10 - up) * 20 + 8 + up / 2] = 2.8f; // one pixel to the right for two upwards
    }
    Ink ink = Ink.of(pixels, 20);
    assertEquals(Math.sqrt(8), ink.height(), LITTLE);
    assertEquals(Math.sqrt(2), ink.width(), LITTLE);
    assertEquals(Math.sqrt(2), ink.lean(), LITTLE);
    assertEquals(Math.toDegrees(Math.atan(0.5)), ink.slant(), LITTLE);
  }

  @Test
  void refusesAnImageWithoutInk() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> Ink.of(new float[9], 3));
    assertEquals("an image of one colour has no ink to measure", e.getMessage());
  }

  /** Numbers of NumPy's, of the pixels in the files. */
  @Test
  void theTestImagesAreWrittenAsNumPySays() {
    try (WrittenDigits test = new WrittenDigits(Mnist.test(), WrittenDigits.TARGETS)) {
      float[] eighth = {3.85322384f, 4.60948916f, -2.63400677f};
      assertArrayEquals(eighth, test.ink(7).numbers(), 1e-4f);
      double[] sum = new double[Ink.NUMBERS];
      for (int i = 0; i < test.size(); i++) {
        float[] ink = test.ink(i).numbers();
        for (int j = 0; j < sum.length; j++) {
          sum[j] += ink[j] / test.size();
        }
      }
      assertArrayEquals(new double[] {3.73465176, 5.47307008, 0.51396777}, sum, 1e-4);
      PointerScope scope = new PointerScope();
      try {
        Tensors inputs = test.inputSpecs().empty(2);
        Tensors targets = test.targetSpecs().empty(2);
        test.gather(torch.tensor(new long[] {9_999, 7}), inputs, targets);
        float[] second = new float[Ink.NUMBERS];
        targets.get("ink").select(0, 1).data_ptr_float().get(second);
        assertArrayEquals(eighth, second, 1e-4f);
        assertEquals(6, targets.get("digit").data_ptr_long().get(0));
        assertEquals(9, targets.get("digit").data_ptr_long().get(1));
      } finally {
        scope.close();
      }
    }
  }
}

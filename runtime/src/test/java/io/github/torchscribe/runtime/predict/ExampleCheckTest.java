package io.github.torchscribe.runtime.predict;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is not finite is found, wherever it is. */
class ExampleCheckTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 31})
  void findsWhatIsNotFinite(int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (i - 3) * 1e30f;
    }
    assertTrue(ExampleCheck.areSurelyFinite(numbers));
    float[] bad = {
      Float.NaN, Float.intBitsToFloat(-1), Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
    };
    for (int i = 0; i < size; i++) {
      float good = numbers[i];
      for (float some : bad) {
        numbers[i] = some;
        assertFalse(ExampleCheck.areSurelyFinite(numbers));
      }
      numbers[i] = good;
    }
  }
}

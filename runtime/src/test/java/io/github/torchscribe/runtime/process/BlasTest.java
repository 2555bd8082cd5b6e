package io.github.torchscribe.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

class BlasTest {
  /** Whoever is the first to use it may do so in a scope of his own. */
  @Test
  void constantsOutliveTheScopeInWhichTheyAreMade() throws Exception {
    assertEquals("[1.0, 2.0, 0.0, 1.0, 2.0, 0.0]", OwnProcess.output(Alone.class));
  }

  /** Says what rows begin as. */
  static final class Alone {
    private Alone() {}

    public static void main(String[] arguments) {
      try (FloatPointer row = new FloatPointer(1, 2);
          FloatPointer rows = new FloatPointer(0, 0, 0, 0, 0, 0)) {
        PointerScope scope = new PointerScope();
        Blas.copy(2, row, rows);
        scope.deallocate(); // as an arena's is
        Blas.begin(2, 2, 1, row, rows, 3);
        float[] all = new float[6];
        rows.get(all);
        System.out.println(Arrays.toString(all));
      }
    }
  }
}

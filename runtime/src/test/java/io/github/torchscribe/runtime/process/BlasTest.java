package io.github.torchscribe.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

class BlasTest {
  /** Whoever is the first to use it may do so in a scope of his own. */
  @Test
  void constantsOutliveTheScopeInWhichTheyAreMade() throws Exception {
    Process process = // in this one somebody may have been the first already
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Alone.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String rows = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertEquals(0, process.waitFor());
    assertEquals("[1.0, 2.0, 0.0, 1.0, 2.0, 0.0]", rows.strip());
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

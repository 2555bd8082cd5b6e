package io.github.torchscribe.samples.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.samples.Printed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample that paints digits, reduced; what it states with {@code -Dlong.tests=true}. */
class GanSampleTest {
  private static final boolean LONG = Boolean.getBoolean("long.tests");

  /** What the README states, in percent. */
  private static final double STATED = 50;

  /** Sigmoids begin at one half; MNIST is much darker, and the critic sees that first. */
  @Test
  void thePainterLearnsThatDigitsAreDark() {
    try (PointerScope scope = new PointerScope();
        Contest contest = new Contest(1, Device.cpu());
        Mnist mnist = Mnist.train()) {
      Tensor written = mnist.examples(LongStream.range(0, 64).toArray());
      scope.attach(written);
      assertEquals(0.5, contest.paint(64).mean().item_float(), 0.1);
      Contest.Losses first = contest.step(written);
      assertEquals(2 * Math.log(2), first.critic(), 0.3, "a guess, of two batches");
      for (int i = 0; i < 40; i++) {
        contest.step(written);
      }
      assertTrue(contest.paint(64).mean().item_float() < 0.3);
    }
  }

  @Test
  void theScoreIsThatOfTheDigits() {
    float[] each = new float[20 * 10];
    float[] one = new float[20 * 10];
    float[] unsure = new float[20 * 10];
    for (int i = 0; i < 20; i++) {
      each[10 * i + i % 10] = 1;
      one[10 * i + 3] = 1;
    }
    Arrays.fill(unsure, 0.1f);
    Reading all = Reading.of(20, each);
    assertEquals(10, all.score(), 1e-5);
    assertEquals(1, all.recognised());
    assertEquals(2, all.rarest());
    assertEquals(1, Reading.of(20, one).score(), 1e-5);
    assertArrayEquals(new long[] {0, 0, 0, 20, 0, 0, 0, 0, 0, 0}, Reading.of(20, one).digits());
    assertEquals(1, Reading.of(20, unsure).score(), 1e-5);
    assertEquals(0, Reading.of(20, unsure).recognised());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void paints(int seed, @TempDir Path folder) throws IOException {
    if (!LONG && seed > 1) {
      return;
    }
    Path file = folder.resolve("painted.png");
    String reduced = LONG ? "" : " --examples 512 --epochs 1 --paint 50";
    String[] args = ("--threads 1 --seed " + seed + " --show " + file + reduced).split(" ");
    String out = Printed.by(new GanSample(), args);
    assertEquals(10 * 60 - 4, ImageIO.read(file.toFile()).getHeight());
    Matcher result =
        Pattern.compile("painted digits: (.*) % recognised, digits \\[(.*)], score (.*) of 10")
            .matcher(out);
    assertTrue(result.find(), out);
    if (LONG) {
      assertTrue(Double.parseDouble(result.group(1)) >= STATED, out);
      for (String count : result.group(2).split(", ")) {
        assertTrue(Integer.parseInt(count) >= 1, out);
      }
    }
  }
}

package io.github.torchscribe.samples.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.samples.Printed;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample that finds cells, reduced; all of it with {@code -Dlong.tests=true}. */
class UnetSampleTest {
  private static final boolean LONG = Boolean.getBoolean("long.tests");

  @Test
  void findsCells(@TempDir Path folder) throws Exception {
    Path shown = folder.resolve("found.png");
    String reduced = LONG ? "" : " --pictures 64 --epochs 8 --batch-size 4";
    String[] args = ("--no-report --threads 1 --show " + shown + reduced).split(" ");
    List<Double> measured =
        Pattern.compile("IoU: ([0-9.]+)")
            .matcher(Printed.by(new UnetSample(), args))
            .results()
            .map(found -> Double.valueOf(found.group(1)))
            .toList();
    double last = measured.get(measured.size() - 1);
    // The best that brightness alone does is 0.25.
    assertTrue(last > (LONG ? 0.9 : 0.55), measured::toString);
    BufferedImage image = ImageIO.read(shown.toFile());
    assertEquals(6 * 132 - 4, image.getWidth());
    assertTrue(agreement(image) > 0.8, "what was found is shown below what is there");
  }

  /** The share of pixels that are the same in the second row of pictures and in the third. */
  private static double agreement(BufferedImage image) {
    int same = 0;
    for (int y = 0; y < 128; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        same += image.getRGB(x, 132 + y) == image.getRGB(x, 264 + y) ? 1 : 0;
      }
    }
    return same / (128.0 * image.getWidth());
  }
}

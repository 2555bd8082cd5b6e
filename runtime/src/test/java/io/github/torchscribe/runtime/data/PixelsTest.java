package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Images in memory, of each of Java's types. */
class PixelsTest {
  private static final int HEIGHT = 3;
  private static final int WIDTH = 5;

  private static final int[] COLOUR = {
    BufferedImage.TYPE_INT_RGB,
    BufferedImage.TYPE_INT_ARGB,
    BufferedImage.TYPE_INT_BGR,
    BufferedImage.TYPE_3BYTE_BGR,
    BufferedImage.TYPE_4BYTE_ABGR,
    BufferedImage.TYPE_INT_ARGB_PRE,
    BufferedImage.TYPE_4BYTE_ABGR_PRE
  };

  private static float[] read(BufferedImage image, boolean grey) {
    float[] numbers = new float[(grey ? 1 : 3) * image.getHeight() * image.getWidth()];
    new Pixels(grey, image.getHeight(), image.getWidth()).write(image, numbers, 0);
    return numbers;
  }

  @Test
  void coloursAreWhatTheyAreInEachOrder() {
    Random random = new Random(5);
    for (int type : COLOUR) {
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
      float[] expected = new float[3 * HEIGHT * WIDTH];
      for (int i = 0; i < HEIGHT * WIDTH; i++) {
        int colour = random.nextInt(1 << 24);
        image.setRGB(i % WIDTH, i / WIDTH, 0xff000000 | colour);
        for (int c = 0; c < 3; c++) {
          expected[c * HEIGHT * WIDTH + i] = (colour >> 16 - 8 * c & 0xff) / 255f;
        }
      }
      assertArrayEquals(expected, read(image, false), 1e-6f, "type " + type);
    }
  }

  @Test
  void whatIsTransparentKeepsItsColourScaledOrNot() {
    for (int type : new int[] {BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_4BYTE_ABGR}) {
      BufferedImage image = new BufferedImage(8, 8, type);
      for (int i = 0; i < 64; i++) {
        image.setRGB(i % 8, i / 8, 0x00c86432);
      }
      for (int size : new int[] {8, 3, 20}) {
        float[] numbers = new float[3 * size * size];
        new Pixels(false, size, size).write(image, numbers, 0);
        float[] expected = new float[numbers.length];
        Arrays.fill(expected, 0, size * size, 200 / 255f);
        Arrays.fill(expected, size * size, 2 * size * size, 100 / 255f);
        Arrays.fill(expected, 2 * size * size, 3 * size * size, 50 / 255f);
        assertArrayEquals(expected, numbers, 1e-6f);
      }
    }
  }

  /** Pillow: 255 · sample / alpha, rounded down. */
  @Test
  void multipliedByAlphaIsDividedAgain() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_4BYTE_ABGR_PRE);
    image.getRaster().setPixel(0, 0, new int[] {100, 50, 25, 128});
    float[] numbers = read(image, false);
    assertEquals(255 * 100 / 128 / 255f, numbers[0], 1e-6f);
    assertEquals(255 * 50 / 128 / 255f, numbers[2], 1e-6f);
    assertEquals(100, image.getRaster().getSample(0, 0, 0), "the caller's image is as it was");
  }

  @Test
  void greyIsItsSamplesInBothWays() {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
      BufferedImage image = new BufferedImage(16, 16, type);
      float[] expected = new float[256];
      for (int i = 0; i < 256; i++) {
        int sample = type == BufferedImage.TYPE_BYTE_GRAY ? i : i << 8 | 77;
        image.getRaster().setSample(i % 16, i / 16, 0, sample);
        expected[i] = i / 255f;
      }
      assertArrayEquals(expected, read(image, true), 1e-6f);
      float[] colours = read(image, false);
      for (int c = 0; c < 3; c++) {
        assertArrayEquals(expected, Arrays.copyOfRange(colours, 256 * c, 256 * (c + 1)), 1e-6f);
      }
    }
  }

  @Test
  void fewBitsAreSpreadOverTheWholeRange() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_565_RGB);
    image.getRaster().setPixel(0, 0, new int[] {31, 3, 16});
    float[] numbers = read(image, false);
    assertArrayEquals(new float[] {1, 3 * 255 / 63 / 255f, 16 * 255 / 31 / 255f}, numbers, 1e-6f);
    BufferedImage two = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    two.setRGB(1, 0, 0xffffff);
    assertArrayEquals(new float[] {0, 1}, read(two, true), 1e-6f);
  }

  @Test
  void aPartOfAnImageIsReadWhereItIs() {
    for (int type :
        new int[] {
          BufferedImage.TYPE_BYTE_GRAY,
          BufferedImage.TYPE_3BYTE_BGR,
          BufferedImage.TYPE_INT_RGB,
          BufferedImage.TYPE_BYTE_INDEXED
        }) {
      BufferedImage image = new BufferedImage(9, 7, type);
      image.getRaster().setPixel(4, 3, new int[] {200, 200, 200, 200});
      BufferedImage part = image.getSubimage(3, 2, 4, 3);
      float[] whole = read(image, true);
      float[] some = read(part, true);
      for (int i = 0; i < some.length; i++) {
        assertEquals(whole[(2 + i / 4) * 9 + 3 + i % 4], some[i], "type " + type);
      }
      assertEquals(some[5], whole[3 * 9 + 4]);
    }
  }

  @Test
  void otherColoursAndNumbersAreRefused() {
    for (int kind : new int[] {ColorSpace.CS_PYCC, ColorSpace.CS_CIEXYZ}) {
      ComponentColorModel model =
          new ComponentColorModel(
              ColorSpace.getInstance(kind), false, false, 1, DataBuffer.TYPE_BYTE);
      WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 2, 2, 3, null);
      BufferedImage image = new BufferedImage(model, raster, false, null);
      IllegalArgumentException thrown =
          assertThrows(IllegalArgumentException.class, () -> read(image, false));
      assertEquals(
          "its colours are neither grey, RGB nor CMYK; convert it to RGB", thrown.getMessage());
    }
    ComponentColorModel floats =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false, 1, DataBuffer.TYPE_FLOAT);
    BufferedImage image =
        new BufferedImage(floats, floats.createCompatibleWritableRaster(2, 2), false, null);
    assertEquals(
        "its samples are no whole numbers of 8 or 16 bits; convert it to 8 bits",
        assertThrows(IllegalArgumentException.class, () -> read(image, true)).getMessage());
  }

  @Test
  void aPictureThatIsUploadedIsReadOrRefused() throws IOException {
    byte[] plain = "P5 2 1 255 ab".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    BufferedImage image = PictureFile.read(new ByteArrayInputStream(plain));
    assertArrayEquals(new float[] {'a' / 255f, 'b' / 255f}, read(image, true), 1e-6f);
    IOException thrown =
        assertThrows(
            IOException.class,
            () -> PictureFile.read(new ByteArrayInputStream(Arrays.copyOf(plain, 12))));
    assertEquals(
        "the picture is cut off: the file ends before the image does; remove or mend it",
        thrown.getMessage());
  }
}

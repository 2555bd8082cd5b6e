package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However small a file is: what it says to be larger than is wanted is not unpacked. */
class PictureLimitTest {
  private static String refusal(byte[] file, long most) {
    return assertThrows(
            IOException.class, () -> PictureFile.read(new ByteArrayInputStream(file), most))
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp", "tiff", "wbmp"})
  void asManyPixelsAsAreAllowedAreRead(String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int type =
        format.equals("wbmp") ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_GRAY;
    assertTrue(ImageIO.write(new BufferedImage(30, 20, type), format, out));
    byte[] file = out.toByteArray();
    assertEquals(30, PictureFile.read(new ByteArrayInputStream(file), 600).getWidth());
    assertEquals(
        "the picture says that it is 20 × 30; an image has from 1 to 599 pixels",
        refusal(file, 599));
  }

  /** Its frame is 1 × 1, on a screen of 13,000 × 13,000. */
  @Test
  void theScreenOfAGifCounts() {
    byte[] file =
        HexFormat.of()
            .parseHex("474946383961c832c832800000ffffff0000002c00000000010001000002024401003b");
    assertEquals(35, file.length);
    assertEquals(
        "the picture says that it is 13000 × 13000; an image has from 1 to 4000000 pixels",
        refusal(file, 4_000_000));
  }

  /** The page is 1 × 1, and is unpacked from a tile of 4,096 × 4,096. */
  @Test
  void theTilesOfATiffCount() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ImageWriteParam tiles = writer.getDefaultWriteParam();
    tiles.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
    tiles.setTiling(4096, 4096, 0, 0);
    tiles.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    tiles.setCompressionType("Deflate");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream to = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(to);
      BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
      writer.write(null, new IIOImage(image, null, null), tiles);
    } finally {
      writer.dispose();
    }
    byte[] file = out.toByteArray();
    assertEquals(1, PictureFile.read(new ByteArrayInputStream(file)).getWidth());
    assertEquals(
        "the picture says that it is 4096 × 4096; an image has from 1 to 4000000 pixels",
        refusal(file, 4_000_000));
  }

  @Test
  void aLimitIsPositive() {
    assertThrows(
        IllegalArgumentException.class,
        () -> PictureFile.read(new ByteArrayInputStream(new byte[1]), 0));
  }
}

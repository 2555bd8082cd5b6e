package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Folders of images, good and bad. */
class ImageFolderTest {
  @TempDir private Path folder;

  @Test
  void readsColourAndGrey() throws IOException {
    write("dogs/1.png", 2, 3, 0xff8000);
    write("cats/b.png", 2, 3, 0x0000ff);
    write("cats/a.bmp", 2, 3, 0xffffff);
    Files.writeString(folder.resolve("cats/notes.txt"), "no image");
    try (ImageFolder colour = ImageFolder.of(folder);
        ImageFolder grey = colour.grey();
        PointerScope scope = new PointerScope()) {
      assertEquals(List.of("cats", "dogs"), colour.names());
      assertEquals(3, colour.size());
      assertEquals("Float (N, 3, 2, 3)", colour.inputs().toString());
      assertEquals("Float (N, 1, 2, 3)", grey.inputs().toString());
      Tensor dog = colour.examples(2).select(0, 0);
      scope.attach(dog);
      assertArrayEquals(
          new float[] {1, 128 / 255f, 0},
          new float[] {
            dog.select(0, 0).mean().item_float(),
            dog.select(0, 1).mean().item_float(),
            dog.select(0, 2).mean().item_float()
          },
          1e-6f);
      // PIL: (255·19595 + 128·38470 + 0x8000) >> 16 = 151
      assertEquals(151 / 255f, grey.examples(2).mean().item_float(), 1e-6f);
      assertEquals(1, grey.examples(0).mean().item_float(), 1e-6f);
    }
  }

  @Test
  void namesAnImageOfAnotherSize() throws IOException {
    write("a/1.png", 4, 4, 0);
    write("a/2.png", 4, 5, 0);
    try (ImageFolder data = ImageFolder.of(folder)) {
      UncheckedIOException thrown =
          assertThrows(UncheckedIOException.class, () -> data.examples(0, 1));
      assertEquals(
          folder.resolve("a/2.png")
              + " is 4 × 5, but "
              + folder.resolve("a/1.png")
              + " is 4 × 4; bring all to one size: ImageFolder.of(…).resized(4, 4)",
          thrown.getMessage());
      assertEquals(2, data.resized(3, 3).examples(0, 1).size(0));
    }
  }

  @Test
  void namesABrokenImage() throws IOException {
    write("a/1.png", 4, 4, 0);
    byte[] whole = Files.readAllBytes(folder.resolve("a/1.png"));
    Files.write(folder.resolve("a/2.png"), Arrays.copyOf(whole, whole.length - 30));
    Files.writeString(folder.resolve("a/3.png"), "not an image");
    try (ImageFolder data = ImageFolder.of(folder)) {
      assertEquals(
          data.file(1) + " is cut off: the file ends before the image does; remove or mend it",
          message(() -> data.examples(1)));
      assertEquals(
          data.file(2) + " is no image that Java can read; remove or mend it",
          message(() -> data.examples(2)));
      Files.delete(data.file(0));
      assertEquals(data.file(0) + " is not there", message(() -> data.examples(0)));
    }
  }

  /** ImageIO fills what is missing of a JPEG with grey, and only warns. */
  @Test
  void refusesAJpegThatIsCutOff() throws IOException {
    write("a/1.jpg", 64, 64, 0xc86432);
    byte[] whole = Files.readAllBytes(folder.resolve("a/1.jpg"));
    for (int i = 1; i < 10; i++) {
      byte[] some = Arrays.copyOf(whole, whole.length * i / 10);
      Files.write(folder.resolve("a/1_" + i + ".jpg"), some);
    }
    try (ImageFolder data = ImageFolder.of(folder)) {
      assertEquals(10, data.size());
      assertEquals(200 / 255f, data.examples(0).select(1, 0).mean().item_float(), 0.01f);
      for (long i = 1; i < 10; i++) {
        long bad = i;
        String message = message(() -> data.examples(bad));
        assertTrue(message.startsWith(data.file(bad) + " is "), message);
      }
    }
  }

  /** What Pillow takes without a word is taken, but not without a word, and one is enough. */
  @Test
  void saysOnceWhatIsOddAboutAFile() throws IOException {
    Path file = folder.resolve("a/1.jpg");
    Files.createDirectories(file.getParent());
    Files.copy(PicturesOfPillowTest.picture("rgb-half-with-end.jpg"), file);
    List<String> said = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            said.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(ImageFolder.class.getName());
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try (ImageFolder data = ImageFolder.of(folder)) {
      for (int epoch = 0; epoch < 3; epoch++) {
        assertEquals(1, data.examples(0).size(0));
        assertEquals(1, data.grey().resized(3, 3).examples(0).size(0));
      }
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    assertEquals(
        List.of(
            file
                + ": Corrupt JPEG data: premature end of data segment; what could be read of it is"
                + " used"),
        said);
  }

  @Test
  void saysThatThereAreNone() {
    UncheckedIOException thrown =
        assertThrows(UncheckedIOException.class, () -> ImageFolder.of(folder));
    assertEquals(
        folder + " has no folders with images in them; it needs one for each class",
        thrown.getMessage());
    assertThrows(UncheckedIOException.class, () -> ImageFolder.of(folder.resolve("nowhere")));
  }

  @Test
  void isReadInTheBackgroundInTheSameOrder() throws IOException {
    for (int i = 0; i < 7; i++) {
      write("a/" + i + ".png", 2, 2, i * 0x010101);
    }
    try (ImageFolder data = ImageFolder.of(folder);
        DataLoader loader =
            DataLoader.sequential(
                data, 3, null, io.github.torchscribe.runtime.torch.Device.cpu())) {
      for (int epoch = 0; epoch < 2; epoch++) {
        int next = 0;
        for (Batch batch : loader) {
          for (long i = 0; i < batch.size(); i++, next++) {
            assertEquals(next / 255f, batch.inputs().select(0, i).mean().item_float(), 1e-6f);
          }
        }
        assertEquals(7, next);
      }
      loader.iterator().next(); // and nobody goes on
    }
  }

  @Test
  void whatIsBrokenComesOutOfTheBackground() throws IOException {
    write("a/1.png", 2, 2, 0);
    Files.writeString(folder.resolve("a/2.png"), "not an image");
    try (ImageFolder data = ImageFolder.of(folder);
        DataLoader loader =
            DataLoader.sequential(
                data, 1, null, io.github.torchscribe.runtime.torch.Device.cpu())) {
      UncheckedIOException thrown =
          assertThrows(UncheckedIOException.class, () -> loader.forEach(batch -> {}));
      assertTrue(thrown.getMessage().contains("2.png"), thrown::getMessage);
    }
  }

  private static String message(Executable bad) {
    return assertThrows(UncheckedIOException.class, bad).getMessage();
  }

  private void write(String name, int height, int width, int colour) throws IOException {
    write(folder, name, height, width, colour);
  }

  /** An image of one colour, as its name ends. */
  static void write(Path folder, String name, int height, int width, int colour)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour);
      }
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(image, name.substring(name.length() - 3), file.toFile()));
  }
}

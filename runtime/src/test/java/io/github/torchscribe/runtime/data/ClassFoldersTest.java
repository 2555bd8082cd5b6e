package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Which files a folder of images has, whichever there are. */
class ClassFoldersTest {
  @TempDir private Path folder;

  @Test
  void looksIntoFoldersWithinAClass() throws IOException {
    write("cats/b.png", 2, 2, 0);
    write("cats/2024/a.png", 2, 2, 0);
    write("cats/2024/may/c.png", 2, 2, 0);
    write("dogs/deep/deeper/d.png", 2, 2, 0);
    try (ImageFolder data = ImageFolder.of(folder)) {
      assertEquals(4, data.size());
      assertEquals(List.of("cats", "dogs"), data.names());
      assertEquals(folder.resolve("cats/b.png"), data.file(0));
      assertEquals(folder.resolve("cats/2024/a.png"), data.file(1));
      assertEquals(folder.resolve("cats/2024/may/c.png"), data.file(2));
    }
  }

  @Test
  void followsLinksButNotInCircles() throws IOException {
    write("cats/b.png", 2, 2, 0);
    write("elsewhere/more/c.png", 2, 2, 0);
    Path root = folder.resolve("cats/linked");
    try {
      Files.createSymbolicLink(root, folder.resolve("elsewhere/more"));
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "this system makes no links: " + e);
    }
    try (ImageFolder data = ImageFolder.of(folder)) {
      assertEquals(root.resolve("c.png"), data.file(1));
    }
    Files.delete(root);
    Files.createSymbolicLink(root, folder.resolve("cats"));
    assertEquals(
        root + " is a link to a folder that it lies in; remove the link",
        message(() -> ImageFolder.of(folder)));
    Files.delete(root);
    Files.createSymbolicLink(folder.resolve("cats/gone.png"), folder.resolve("nowhere.png"));
    try (ImageFolder data = ImageFolder.of(folder)) {
      assertEquals(
          folder.resolve("cats/gone.png") + " is not there", message(() -> data.examples(1)));
    }
  }

  @Test
  void namesAClassWithoutImages() throws IOException {
    write("a/1.png", 2, 2, 0);
    Files.createDirectories(folder.resolve("b/deep"));
    Files.writeString(folder.resolve("b/notes.txt"), "no image");
    assertEquals(
        folder.resolve("b")
            + " has no images in it; put some there, or remove the folder: it is a class",
        message(() -> ImageFolder.of(folder)));
  }

  @Test
  void namesAnImageThatJavaHasNoReaderFor() throws IOException {
    write("a/1.png", 2, 2, 0);
    for (String name : List.of("2.webp", "deep/3.HEIC", "4.avif")) {
      Path file = folder.resolve("a").resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "whatever");
      assertEquals(
          file
              + " is of a kind that Java cannot read; convert it to PNG, remove it, or put an ImageIO"
              + " reader for it on the class path",
          message(() -> ImageFolder.of(folder)));
      Files.delete(file);
    }
  }

  /**
   * {@code ImageIO.write} and those who wrote the files say what they are by other endings, too.
   */
  @Test
  void takesAllEndingsOfWhatItReads() throws IOException {
    int count = 0;
    for (String ending : List.of("png", "jpg", "gif", "bmp", "tiff", "wbmp")) {
      BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_BINARY);
      image.setRGB(0, 0, 0xffffff);
      Path file = folder.resolve("a/" + ending + "." + ending);
      Files.createDirectories(file.getParent());
      assertTrue(ImageIO.write(image, ending, file.toFile()), ending);
      count++;
    }
    for (String other : List.of("jpg.jpeg", "jpg.jpe", "jpg.JFIF", "tiff.tif", "bmp.dib")) {
      String kind = other.substring(0, other.indexOf('.'));
      Files.copy(folder.resolve("a/" + kind + "." + kind), folder.resolve("a/" + other));
      count++;
    }
    for (String none : List.of("png", "a.png.txt", "1.pngx", "noending", "dot.")) {
      Files.writeString(folder.resolve("a").resolve(none), "no image");
    }
    Files.writeString(folder.resolve("a/plain.pgm"), "P2 3 2 255 255 0 0 0 0 0");
    try (ImageFolder data = ImageFolder.of(folder)) {
      assertEquals(count + 1, data.size());
      for (long i = 0; i < data.size(); i++) {
        float first = data.examples(i).select(3, 0).select(2, 0).mean().item_float();
        assertEquals(1, first, 0.2f, data.file(i).toString());
      }
    }
  }

  private static String message(Executable bad) {
    return assertThrows(UncheckedIOException.class, bad).getMessage();
  }

  private void write(String name, int height, int width, int colour) throws IOException {
    ImageFolderTest.write(folder, name, height, width, colour);
  }
}

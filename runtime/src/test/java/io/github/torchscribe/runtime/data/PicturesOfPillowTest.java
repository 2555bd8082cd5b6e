package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code parity/pictures.py} has made, and Pillow and torchvision have read, file by file. */
class PicturesOfPillowTest {
  private static final Path PICTURES = Path.of("src/test/resources/pictures");

  @TempDir private Path folder;

  private record Expected(String name, String mode, int height, int width, int... samples) {
    static Expected of(String line) {
      String[] cells = line.split(" ");
      if (cells.length == 2) {
        return new Expected(cells[0], cells[1], 0, 0);
      }
      byte[] bytes = HexFormat.of().parseHex(cells[4]);
      int channels = cells[1].equals("L") ? 1 : 3;
      int[] planes = new int[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        planes[i % channels * (bytes.length / channels) + i / channels] = bytes[i] & 0xff;
      }
      return new Expected(
          cells[0], cells[1], Integer.parseInt(cells[2]), Integer.parseInt(cells[3]), planes);
    }
  }

  private static List<String> lines(String name) throws IOException {
    return Files.readAllLines(picture(name));
  }

  static Path picture(String name) {
    Path file = PICTURES.resolve(name);
    assertTrue(Files.exists(file), () -> file + " is missing: python parity/pictures.py makes it");
    return file;
  }

  private static List<Expected> expected(boolean refused) throws IOException {
    return lines("expected.txt").stream()
        .filter(line -> !line.startsWith("#") && line.endsWith(" REFUSED") == refused)
        .map(Expected::of)
        .toList();
  }

  /** The only picture of a folder with one class. */
  private Path alone(String name) throws IOException {
    Path file = folder.resolve(name).resolve("class").resolve(name);
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent());
      Files.copy(picture(name), file);
    }
    return file.getParent().getParent();
  }

  @Test
  void trainingReadsWhatTorchvisionReads() throws IOException {
    List<Expected> all = expected(false);
    assertTrue(all.size() > 350, "there are " + all.size());
    List<String> wrong = new ArrayList<>();
    for (Expected one : all) {
      try (ImageFolder asItIs = ImageFolder.of(alone(one.name));
          PointerScope scope = new PointerScope()) {
        ImageFolder some = one.mode.equals("L") ? asItIs.grey() : asItIs;
        long[] size = some.inputs().shape();
        if (size[1] != one.height || size[2] != one.width) {
          some = some.resized(one.height, one.width);
        }
        Tensor read = some.examples(0);
        scope.attach(read);
        float[] numbers = new float[one.samples.length];
        assertEquals(numbers.length, read.numel(), one.name);
        read.data_ptr_float().get(numbers);
        compare("", one, numbers, wrong);
      } catch (UncheckedIOException e) {
        wrong.add(e.getMessage());
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  @Test
  void servingReadsTheSame() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Expected one : expected(false)) {
      BufferedImage image = PictureFile.read(picture(one.name));
      float[] numbers = new float[one.samples.length];
      new Pixels(one.mode.equals("L"), one.height, one.width).write(image, numbers, 0);
      compare("", one, numbers, wrong);
    }
    assertEquals("", String.join("\n", wrong));
  }

  /** Where ImageIO applies no profile, its own images do as well. */
  @Test
  void servingReadsTheSameFromImageIo() throws IOException {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (Expected one : expected(false)) {
      boolean plain =
          one.name.matches("(grey|rgb|palette|cmyk\\.|two|whole|transparent).*(png|jpg|gif)");
      boolean special = one.name.matches(".*(profile|no-end|half|ids|adobe|exif|short|bad|cut).*");
      if (plain && !special) {
        BufferedImage image = javax.imageio.ImageIO.read(picture(one.name).toFile());
        float[] numbers = new float[one.samples.length];
        new Pixels(one.mode.equals("L"), one.height, one.width).write(image, numbers, 0);
        compare("ImageIO: ", one, numbers, wrong);
        count++;
      }
    }
    assertTrue(count > 150, "there are " + count);
    assertEquals("", String.join("\n", wrong));
  }

  private static void compare(String who, Expected one, float[] numbers, List<String> wrong) {
    int off = 0;
    float most = 0;
    for (int i = 0; i < numbers.length; i++) {
      float error = Math.abs(numbers[i] * 255 - one.samples[i]);
      off += error > 1e-3f ? 1 : 0;
      most = Math.max(most, error);
    }
    if (off > 0) {
      wrong.add(
          String.format(
              java.util.Locale.ROOT,
              "%s%s %s %d × %d: %d of %d samples are off, by up to %.0f",
              who,
              one.name,
              one.mode,
              one.height,
              one.width,
              off,
              numbers.length,
              most));
    }
  }

  @Test
  void whatPillowRefusesIsRefusedByName() throws IOException {
    List<Expected> all = expected(true);
    assertTrue(all.size() > 15, "there are " + all.size());
    List<String> wrong = new ArrayList<>();
    for (Expected one : all) {
      try (ImageFolder some = ImageFolder.of(alone(one.name));
          PointerScope scope = new PointerScope()) {
        scope.attach(some.examples(0));
        wrong.add(one.name + " is taken");
      } catch (UncheckedIOException e) {
        if (!e.getMessage().startsWith(folder.resolve(one.name) + "/class/" + one.name + " ")) {
          wrong.add(one.name + " is not named: " + e.getMessage());
        }
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  @Test
  void filesComeInTorchvisionsOrder() throws IOException {
    List<String> lines = lines("order.txt");
    List<String> files = lines.subList(0, lines.indexOf(""));
    List<String> backwards = new ArrayList<>(files);
    java.util.Collections.reverse(backwards);
    for (String file : backwards) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.copy(picture("two.png"), folder.resolve(file));
    }
    try (ImageFolder all = ImageFolder.of(folder)) {
      List<String> found = new ArrayList<>();
      for (long i = 0; i < all.size(); i++) {
        found.add(folder.relativize(all.file(i)).toString().replace('\\', '/'));
      }
      assertEquals(files, found);
      assertEquals(files.stream().map(f -> f.split("/")[0]).distinct().toList(), all.names());
    }
  }

  @Test
  void namesComeInTheOrderOfCodePoints() throws IOException {
    List<String> lines = lines("order.txt");
    List<String> names =
        lines.subList(lines.indexOf("") + 1, lines.size()).stream()
            .map(
                hex ->
                    new String(
                        HexFormat.of().parseHex(hex), java.nio.charset.StandardCharsets.UTF_16BE))
            .toList();
    List<String> sorted = new ArrayList<>(names);
    java.util.Collections.shuffle(sorted, new java.util.Random(3));
    sorted.sort(ClassFolders.BY_CODE_POINTS);
    assertEquals(names, sorted);
    assertEquals(15, names.size());
  }
}

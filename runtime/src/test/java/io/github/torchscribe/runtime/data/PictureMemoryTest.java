package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A picture of some kilobytes may be one of a gigabyte: it is refused by name, and all goes on. */
@Execution(ExecutionMode.CONCURRENT) // processes of their own do the work
class PictureMemoryTest {
  private static final int SIDE = 6000; // 108 MB of samples

  @TempDir private Path folder;

  /** Who has little memory. */
  static final class Reader {
    private Reader() {}

    /**
     * Reads a picture as the first argument says, and says what came of it.
     *
     * @param args how, and a folder with a class and a picture in it
     * @throws IOException when there is no such file
     */
    public static void main(String[] args) throws IOException {
      Path file = Path.of(args[1], "all", "large.png");
      try {
        switch (args[0]) {
          case "file" -> PictureFile.read(file);
          case "stream" -> PictureFile.read(Files.newInputStream(file));
          default -> PictureFile.read(file, warning -> {}, image -> image.scaled(SIDE, 2 * SIDE));
        }
        System.out.println("has been read");
      } catch (UncheckedIOException | IOException e) {
        System.out.println(e.getMessage().replace(file.toString(), "FILE"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"file, 60", "stream, 160", "folder, 160"})
  void whatIsTooLargeForTheHeapIsRefused(String how, int megabytes) throws Exception {
    Path file = Files.createDirectory(folder.resolve("all")).resolve("large.png");
    ImageIO.write(
        new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_BINARY), "png", file.toFile());

    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx" + megabytes + "m",
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName(),
                how,
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(
        (how.equals("stream") ? "the picture" : "FILE")
            + " needs more memory than there is; make it smaller, or -Xmx larger",
        said.strip());
    assertEquals(0, process.waitFor());
  }

  @Test
  void moreThanAnArrayHoldsIsRefused() {
    BufferedImage image = new BufferedImage(30_000, 18_000, BufferedImage.TYPE_BYTE_BINARY);
    Pixels pixels = new Pixels(true, 1, 1);

    String message =
        assertThrows(IllegalArgumentException.class, () -> pixels.write(image, new float[1], 0))
            .getMessage();

    assertTrue(message.startsWith("it has 540000000 pixels"), message);
  }
}

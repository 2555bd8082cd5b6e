package io.github.torchscribe.runtime.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.imageio.ImageIO;

/**
 * Reads pictures as {@link ImageFolder} does: the samples as they stand in the file, as Python's
 * PIL has them after {@code convert("RGB")}. {@code ImageIO.read} may make others of them, for it
 * applies colour profiles.
 *
 * <pre>{@code
 * BufferedImage cat = PictureFile.read(Path.of("cat.jpg"));
 * float[][] scores = predictor.predict(List.of(cat));
 * }</pre>
 *
 * <p>PNG, JPEG (also CMYK), GIF (the first frame), BMP, TIFF (the first page), PBM, PGM and PPM are
 * read, and what else a reader on the class path can. Grey stays grey. Transparency is left out:
 * each pixel keeps its colour. Of 16 bits the high byte counts. A TIFF is turned as it says; how a
 * camera was held (EXIF) is not looked at in other files, as torchvision does not.
 */
public final class PictureFile {
  private static final System.Logger LOG = System.getLogger(PictureFile.class.getName());

  /** Endings of what is read here, whatever readers Java has. */
  private static final Set<String> READ =
      Set.of(
          "png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "dib", "tif", "tiff", "pbm", "pgm",
          "ppm", "pnm");

  /** Endings of images that need a reader on the class path. */
  private static final Set<String> OTHERS =
      Set.of(
          "webp", "avif", "heic", "heif", "jxl", "jp2", "j2k", "jpx", "tga", "dds", "pcx", "psd",
          "ico", "exr", "hdr", "qoi");

  private PictureFile() {}

  /**
   * Reads a picture.
   *
   * @param file where it lies
   * @return in grey or in colour, with 8 bits for each sample
   * @throws UncheckedIOException when it cannot be read whole; the message names it and says why
   */
  public static BufferedImage read(Path file) {
    return read(file, warning -> LOG.log(System.Logger.Level.WARNING, warning), Samples::image);
  }

  /**
   * Reads a picture, such as one that has been uploaded.
   *
   * @param in is read to its end and not closed
   * @return in grey or in colour, with 8 bits for each sample
   * @throws IOException when it cannot be read whole; the message says why
   */
  public static BufferedImage read(InputStream in) throws IOException {
    return read(in, ImageBytes.MOST_PIXELS);
  }

  /**
   * Reads a picture that somebody has sent: a file of some bytes may say that it is one of a
   * gigabyte, and is refused before it is unpacked.
   *
   * @param in is read to its end and not closed
   * @param mostPixels of the picture, of a GIF's screen and of a TIFF's tiles, at least 1
   * @return in grey or in colour, with 8 bits for each sample
   * @throws IOException when it cannot be read whole, or is larger; the message says why
   */
  public static BufferedImage read(InputStream in, long mostPixels) throws IOException {
    if (mostPixels < 1) {
      throw new IllegalArgumentException(
          "a picture has at least 1 pixel, but " + mostPixels + " are the most");
    }
    try {
      return decode(
          bytes(in),
          Math.min(mostPixels, ImageBytes.MOST_PIXELS),
          warning -> LOG.log(System.Logger.Level.WARNING, "a picture: " + warning),
          Samples::image);
    } catch (IOException e) {
      throw new IOException("the picture " + e.getMessage(), e);
    }
  }

  /** Whether a name is one of a picture that can be read. */
  static boolean isReadable(String name) {
    String ending = ending(name);
    return READ.contains(ending)
        || !ending.isEmpty() && List.of(ImageIO.getReaderFileSuffixes()).contains(ending);
  }

  /** Whether a name is one of a picture that cannot. */
  static boolean isForeign(String name) {
    return OTHERS.contains(ending(name)) && !isReadable(name);
  }

  private static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a picture and does with its samples what is wanted; that may take more memory than there
   * is, too.
   */
  static <T> T read(Path file, Consumer<String> warnings, Function<Samples, T> use) {
    try {
      return decode(
          bytes(file),
          ImageBytes.MOST_PIXELS,
          warning -> warnings.accept(file + ": " + warning + "; what could be read of it is used"),
          use);
    } catch (IOException e) {
      String message = file + " " + e.getMessage();
      throw new UncheckedIOException(message, new IOException(message, e));
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException("is not there", e);
    } catch (IOException | OutOfMemoryError e) { // the latter for more than an array takes
      throw new IOException("cannot be read: " + e, e);
    }
  }

  private static byte[] bytes(InputStream in) throws IOException {
    try {
      return in.readAllBytes();
    } catch (OutOfMemoryError e) {
      throw new IOException("cannot be read: " + e, e);
    }
  }

  private static <T> T decode(
      byte[] bytes, long most, Consumer<String> warnings, Function<Samples, T> use)
      throws IOException {
    try {
      return use.apply(decode(bytes, most, warnings));
    } catch (IllegalArgumentException e) { // what Samples does not understand
      throw new IOException("cannot be read: " + e.getMessage(), e);
    } catch (OutOfMemoryError e) { // a header may ask for gigabytes
      throw new IOException("needs more memory than there is; make it smaller, or -Xmx larger", e);
    }
  }

  private static Samples decode(byte[] bytes, long most, Consumer<String> warnings)
      throws IOException {
    if (JpegFile.is(bytes)) {
      return JpegFile.read(bytes, most, warnings);
    }
    if (PngFile.is(bytes)) {
      return PngFile.read(bytes, most, warnings);
    }
    if (GifFile.is(bytes)) {
      return GifFile.read(bytes, most);
    }
    if (PnmFile.is(bytes)) {
      return PnmFile.read(bytes, most);
    }
    if (starts(bytes, "BM")) {
      return Samples.of(ImageBytes.read("bmp", bytes, most, warnings, reader -> reader.read(0)));
    }
    if (TiffFile.is(bytes)) {
      return TiffFile.read(bytes, most, warnings);
    }
    return Samples.of(ImageBytes.read(bytes, most, warnings));
  }

  private static boolean starts(byte[] bytes, String text) {
    byte[] start = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length > start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}

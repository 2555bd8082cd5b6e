package io.github.torchscribe.runtime.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.bytedeco.pytorch.Tensor;

/**
 * A folder of images, with a folder for each class in it, {@code torchvision.datasets.ImageFolder}:
 * {@code cats/1.png}, {@code dogs/2.jpg}. Images are read when they are needed, so that there may
 * be more than memory holds. An example is (3, H, W), or (1, H, W) in grey, from 0 to 1 as with
 * {@code ToTensor}; a target is an index into {@link #names()}.
 *
 * <pre>{@code
 * Dataset animals = ImageFolder.of(Path.of("animals")).resized(64, 64);
 * }</pre>
 */
public final class ImageFolder implements Dataset {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");

  private record Entry(Path file, int index) {}

  private final Path folder;
  private final List<String> names;
  private final List<Entry> entries;
  private final boolean grey;
  private final int height;
  private final int width;
  private final boolean resized;

  private ImageFolder(
      Path folder,
      List<String> names,
      List<Entry> entries,
      boolean grey,
      int height,
      int width,
      boolean resized) {
    this.folder = folder;
    this.names = names;
    this.entries = entries;
    this.grey = grey;
    this.height = height;
    this.width = width;
    this.resized = resized;
  }

  /**
   * Looks a folder through.
   *
   * @param folder has a folder for each class: PNG, JPEG, GIF and BMP in it are examples
   * @return colour images of the first one's size
   * @throws UncheckedIOException when there are none, or a file is no image; the message names it
   */
  public static ImageFolder of(Path folder) {
    try {
      List<Path> classes = sorted(folder, Files::isDirectory);
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < classes.size(); i++) {
        for (Path file : sorted(classes.get(i), ImageFolder::isImage)) {
          entries.add(new Entry(file, i));
        }
      }
      if (entries.isEmpty()) {
        throw new IOException(
            folder + " has no folders with images in them; it needs one for each class");
      }
      int[] size = size(entries.get(0).file());
      List<String> names = classes.stream().map(path -> path.getFileName().toString()).toList();
      return new ImageFolder(folder, names, entries, false, size[0], size[1], false);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * The same in grey.
   *
   * @return examples of (1, H, W)
   */
  public ImageFolder grey() {
    return new ImageFolder(folder, names, entries, true, height, width, resized);
  }

  /**
   * The same with all images brought to one size.
   *
   * @param newHeight at least 1
   * @param newWidth at least 1
   * @return examples of that size
   */
  public ImageFolder resized(int newHeight, int newWidth) {
    if (newHeight < 1 || newWidth < 1) {
      throw new IllegalArgumentException(
          "an image cannot be " + newHeight + " × " + newWidth + "; both must be at least 1");
    }
    return new ImageFolder(folder, names, entries, grey, newHeight, newWidth, true);
  }

  /**
   * What the classes are called.
   *
   * @return the folders' names, in alphabetical order
   */
  public List<String> names() {
    return names;
  }

  /**
   * The file of an example.
   *
   * @param index from 0 to size − 1
   * @return where it lies
   */
  public Path file(long index) {
    return entries.get((int) index).file();
  }

  @Override
  public long size() {
    return entries.size();
  }

  @Override
  public TensorSpec inputs() {
    return TensorSpec.numbers(grey ? 1 : 3, height, width);
  }

  @Override
  public TensorSpec targets() {
    return TensorSpec.indices(names.size());
  }

  @Override
  public boolean takesTime() {
    return true;
  }

  @Override
  public void gather(Tensor indices, Tensor inputs, Tensor targets) {
    long[] chosen = new long[(int) indices.numel()];
    indices.data_ptr_long().get(chosen);
    float[] all = new float[Math.toIntExact(inputs.numel())];
    int perImage = all.length / chosen.length;
    Pixels pixels = new Pixels(grey, height, width);
    for (int i = 0; i < chosen.length; i++) {
      Entry entry = entries.get((int) chosen[i]);
      pixels.write(read(entry.file()), all, i * perImage);
      chosen[i] = entry.index();
    }
    inputs.data_ptr_float().put(all);
    targets.data_ptr_long().put(chosen);
  }

  private BufferedImage read(Path file) {
    BufferedImage image;
    try {
      image = ImageIO.read(file.toFile());
    } catch (IOException | RuntimeException e) { // ImageIO's readers throw all kinds at bad files
      throw broken(file, e);
    }
    if (image == null) {
      throw broken(file, null);
    }
    boolean same = image.getHeight() == height && image.getWidth() == width;
    if (!same && !resized) {
      String message =
          String.format(
              Locale.ROOT,
              "%s is %d × %d, but %s is %d × %d; bring all to one size: ImageFolder.of(…).resized(%5$d,"
                  + " %6$d)",
              file,
              image.getHeight(),
              image.getWidth(),
              entries.get(0).file(),
              height,
              width);
      throw new UncheckedIOException(message, new IOException(message));
    }
    return image;
  }

  @Override
  public void close() {
    // files are open only while they are read
  }

  /** Height and width, without decoding the image. */
  private static int[] size(Path file) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (in == null || !readers.hasNext()) {
        throw new IOException(file + " is no image that Java can read; remove or mend it");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return new int[] {reader.getHeight(0), reader.getWidth(0)};
      } finally {
        reader.dispose();
      }
    }
  }

  private static UncheckedIOException broken(Path file, Exception cause) {
    String message = file + " is no image that Java can read; remove or mend it";
    return new UncheckedIOException(message, new IOException(message, cause));
  }

  private interface Kind {
    boolean is(Path path);
  }

  private static List<Path> sorted(Path folder, Kind kind) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is no folder; it needs a folder for each class in it");
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(kind::is).sorted().toList();
    }
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(name::endsWith);
  }
}

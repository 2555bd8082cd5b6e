package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.Tensor;

/**
 * A folder of images, with a folder for each class in it, {@code torchvision.datasets.ImageFolder}:
 * {@code cats/1.png}, {@code dogs/2.jpg}, also deeper: {@code cats/2024/3.png}. Images are read
 * when they are needed, so that there may be more than memory holds. An example is (3, H, W), or
 * (1, H, W) in grey, from 0 to 1 as with {@code ToTensor}; a target is an index into {@link
 * #names()}.
 *
 * <p>Numbers are those of Python's PIL: the samples as they stand in the file, {@code
 * convert("RGB")} or {@code ("L")}, scaled as by {@code Resize}; {@link PictureFile} says what is
 * read. The order of classes and files is torchvision's, on every system.
 *
 * <pre>{@code
 * Dataset animals = ImageFolder.of(Path.of("animals")).resized(64, 64);
 * }</pre>
 */
public final class ImageFolder implements Dataset {
  private static final System.Logger LOG = System.getLogger(ImageFolder.class.getName());

  private final List<String> names;
  private final List<ClassFolders.Entry> entries;
  private final boolean grey;
  private final int height;
  private final int width;
  private final boolean resized;
  private final Set<Path> warned;

  private ImageFolder(
      List<String> names,
      List<ClassFolders.Entry> entries,
      boolean grey,
      int height,
      int width,
      boolean resized,
      Set<Path> warned) {
    this.names = names;
    this.entries = entries;
    this.grey = grey;
    this.height = height;
    this.width = width;
    this.resized = resized;
    this.warned = warned;
  }

  /**
   * Looks a folder through.
   *
   * @param folder has a folder for each class: images in it, and in the folders within it, are
   *     examples; other files are passed over
   * @return colour images of the first one's size
   * @throws UncheckedIOException when there are no classes, one has no image, or an image is of a
   *     kind that cannot be read; the message names it
   */
  public static ImageFolder of(Path folder) {
    ClassFolders classes;
    try {
      classes = ClassFolders.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    Set<Path> warned = ConcurrentHashMap.newKeySet();
    return PictureFile.read(
        classes.entries().get(0).file(),
        warning -> {},
        first ->
            new ImageFolder(
                classes.names(),
                classes.entries(),
                false,
                first.height(),
                first.width(),
                false,
                warned));
  }

  /**
   * The same in grey.
   *
   * @return examples of (1, H, W)
   */
  public ImageFolder grey() {
    return new ImageFolder(names, entries, true, height, width, resized, warned);
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
    return new ImageFolder(names, entries, grey, newHeight, newWidth, true, warned);
  }

  /**
   * What the classes are called.
   *
   * @return the folders' names, in the order of their code points
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
  public boolean isFixed() {
    return true;
  }

  @Override
  public boolean takesTime() {
    return true;
  }

  @Override
  public boolean gathersParts() {
    return true;
  }

  @Override
  public void gather(Tensor indices, Tensor inputs, Tensor targets) {
    long[] chosen = Longs.of(indices);
    float[] all = new float[Math.toIntExact(inputs.numel())];
    int perImage = all.length / chosen.length;
    Pixels pixels = new Pixels(grey, height, width);
    for (int i = 0; i < chosen.length; i++) {
      ClassFolders.Entry entry = entries.get((int) chosen[i]);
      int from = i * perImage;
      PictureFile.read(
          entry.file(),
          warning -> warn(entry.file(), warning),
          image -> {
            checkSize(entry.file(), image);
            pixels.write(image, all, from);
            return image;
          });
      chosen[i] = entry.index();
    }
    inputs.data_ptr_float().put(all);
    targets.data_ptr_long().put(chosen);
  }

  private void checkSize(Path file, Samples image) {
    boolean same = image.height() == height && image.width() == width;
    if (!same && !resized) {
      String message =
          String.format(
              Locale.ROOT,
              "%s is %d × %d, but %s is %d × %d; bring all to one size: ImageFolder.of(…).resized(%5$d,"
                  + " %6$d)",
              file,
              image.height(),
              image.width(),
              entries.get(0).file(),
              height,
              width);
      throw new UncheckedIOException(message, new IOException(message));
    }
  }

  /** Once for each file, however often it is read. */
  private void warn(Path file, String warning) {
    if (warned.add(file)) {
      LOG.log(System.Logger.Level.WARNING, warning);
    }
  }

  @Override
  public void close() {
    // files are open only while they are read
  }
}

package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.Arena;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * MNIST: 28 × 28 grey images of handwritten digits, 60,000 to train on and 10,000 to test with
 * (LeCun, Cortes, Burges). An example is {@code (1, 28, 28)}, x = (grey/255 − 0.1307) / 0.3081 as
 * with torchvision's {@code ToTensor} and {@code Normalize}; a target is the digit.
 *
 * <p>The files are looked for in the user's cache ({@code ~/.cache/torchscribe/mnist}, or below
 * {@code TORCHSCRIBE_CACHE}), on the class path ({@code /mnist}), and last at the mirrors, from
 * where they go into the cache.
 */
public final class Mnist implements Dataset {
  private static final double MEAN = 0.1307;
  private static final double STD = 0.3081;
  private static final int CLASSES = 10;

  private final IdxFile images;
  private final IdxFile labels;
  private final Arena arena;
  private Tensor digits;
  private Scalar most;
  private Scalar mean;
  private Scalar std;

  private Mnist(String which, IdxFile images, IdxFile labels) throws IOException {
    this.images = images;
    this.labels = labels;
    if (images.shape()[0] != labels.shape()[0]) {
      throw new IOException(
          String.format(
              "MNIST's %s files do not belong together: %d images, %d labels",
              which, images.shape()[0], labels.shape()[0]));
    }
    long largest = largest(labels.bytes());
    if (largest >= CLASSES) {
      throw new IOException(
          "MNIST's " + which + " labels are digits from 0 to 9, but one is " + largest);
    }
    arena =
        Arena.filledBy(
            () -> {
              digits = labels.bytes().to(torch.ScalarType.Long);
              most = new Scalar(255.0);
              mean = new Scalar(MEAN);
              std = new Scalar(STD);
            });
  }

  /**
   * The 60,000 images to train on.
   *
   * @return to be closed, or left to the garbage collector
   * @throws UncheckedIOException when the files cannot be had; the message says why
   */
  public static Mnist train() {
    return standard("train");
  }

  /**
   * The 10,000 images to test with.
   *
   * @return to be closed, or left to the garbage collector
   * @throws UncheckedIOException when the files cannot be had; the message says why
   */
  public static Mnist test() {
    return standard("t10k");
  }

  /**
   * The 60,000 images to train on, from a folder.
   *
   * @param folder holds the idx files, gzipped or not; torchvision's folder will do
   * @return to be closed, or left to the garbage collector
   * @throws UncheckedIOException when they are not there or damaged
   */
  public static Mnist train(Path folder) {
    return read("train", name -> MnistFiles.open(folder, name));
  }

  /**
   * The 10,000 images to test with, from a folder.
   *
   * @param folder holds the idx files, gzipped or not; torchvision's folder will do
   * @return to be closed, or left to the garbage collector
   * @throws UncheckedIOException when they are not there or damaged
   */
  public static Mnist test(Path folder) {
    return read("t10k", name -> MnistFiles.open(folder, name));
  }

  private static Mnist standard(String which) {
    return read(which, MnistFiles.standard()::open);
  }

  static Mnist read(String which, MnistFiles.Opener opener) {
    String imageFile = which + "-images-idx3-ubyte.gz";
    String labelFile = which + "-labels-idx1-ubyte.gz";
    try {
      IdxFile images = IdxFile.read(imageFile, opener.open(imageFile), 3);
      try {
        return new Mnist(which, images, IdxFile.read(labelFile, opener.open(labelFile), 1));
      } catch (IOException | RuntimeException e) {
        images.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * The digit of each image.
   *
   * @return as many as there are images
   */
  public long[] digits() {
    arena.requireOpen("this MNIST dataset");
    long[] result = new long[(int) size()];
    digits.data_ptr_long().get(result);
    return result;
  }

  @Override
  public long size() {
    return images.shape()[0];
  }

  @Override
  public TensorSpec inputs() {
    return TensorSpec.numbers(1, images.shape()[1], images.shape()[2]);
  }

  @Override
  public TensorSpec targets() {
    return TensorSpec.indices(CLASSES);
  }

  @Override
  public void gather(Tensor indices, Tensor inputs, Tensor targets) {
    arena.requireOpen("this MNIST dataset");
    PointerScope scope = new PointerScope();
    try {
      Tensor grey = torch.index_select(images.bytes(), 0, indices).unsqueeze(1);
      inputs.copy_(grey);
      inputs.div_(most);
      inputs.sub_(mean);
      inputs.div_(std);
      torch.index_select_out(targets, digits, 0, indices);
    } finally {
      scope.close();
    }
  }

  @Override
  public void close() {
    arena.close();
    images.close();
    labels.close();
  }

  private static long largest(Tensor labels) {
    PointerScope scope = new PointerScope();
    try {
      return labels.max().item_int() & 0xff;
    } finally {
      scope.close();
    }
  }
}

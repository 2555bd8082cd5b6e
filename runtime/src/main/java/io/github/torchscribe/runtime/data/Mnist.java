package io.github.torchscribe.runtime.data;

import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * MNIST: 28 × 28 grey images of handwritten digits, 60,000 to train on and 10,000 to test with
 * (LeCun, Cortes, Burges). An example is {@code (1, 28, 28)}, x = (grey/255 − 0.1307) / 0.3081 as
 * with torchvision's {@code ToTensor} and {@code Normalize}; a target is the digit.
 *
 * <p>The files are looked for in the user's cache ({@code ~/.cache/torchscribe/mnist}, or below
 * {@code TORCHSCRIBE_CACHE}), on the class path ({@code /mnist}), and last at the mirrors, from
 * where they go into the cache.
 */
public final class Mnist extends IdxDataset {
  private static final double MEAN = 0.1307;
  private static final double STD = 0.3081;

  private Mnist(Pair files) {
    super("MNIST", files, MEAN, STD);
  }

  /**
   * The 60,000 images to train on.
   *
   * @return to be closed, or left to the garbage collector
   * @throws UncheckedIOException when the files cannot be had; the message says why
   */
  public static Mnist train() {
    return read("train", IdxFiles.mnist()::open);
  }

  /**
   * The 10,000 images to test with.
   *
   * @return to be closed, or left to the garbage collector
   * @throws UncheckedIOException when the files cannot be had; the message says why
   */
  public static Mnist test() {
    return read("t10k", IdxFiles.mnist()::open);
  }

  /**
   * The 60,000 images to train on, from a folder.
   *
   * @param folder holds the idx files, gzipped or not; torchvision's folder will do
   * @return to be closed, or left to the garbage collector
   * @throws UncheckedIOException when they are not there or damaged
   */
  public static Mnist train(Path folder) {
    return read("train", name -> IdxFiles.open(folder, "MNIST", name));
  }

  /**
   * The 10,000 images to test with, from a folder.
   *
   * @param folder holds the idx files, gzipped or not; torchvision's folder will do
   * @return to be closed, or left to the garbage collector
   * @throws UncheckedIOException when they are not there or damaged
   */
  public static Mnist test(Path folder) {
    return read("t10k", name -> IdxFiles.open(folder, "MNIST", name));
  }

  static Mnist read(String which, IdxFiles.Opener opener) {
    return new Mnist(IdxDataset.read("MNIST", which, opener));
  }

  /**
   * The digit of each image.
   *
   * @return as many as there are images
   */
  public long[] digits() {
    return classes();
  }
}

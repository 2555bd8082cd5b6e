package io.github.torchscribe.runtime.data;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Fashion-MNIST: 28 × 28 grey images of clothes, 60,000 to train on and 10,000 to test with (Xiao,
 * Rasul, Vollgraf, 2017). An example is {@code (1, 28, 28)}, x = (grey/255 − 0.2860) / 0.3530; a
 * target is an index into {@link #NAMES}.
 *
 * <p>The files, which have MNIST's names, are looked for in the user's cache ({@code
 * ~/.cache/torchscribe/fashion-mnist}, or below {@code TORCHSCRIBE_CACHE}), on the class path
 * ({@code /fashion-mnist}), and last at the mirrors, from where they go into the cache.
 */
public final class FashionMnist extends IdxDataset {
  private static final double MEAN = 0.2860;
  private static final double STD = 0.3530;

  /** What the classes are called. */
  public static final List<String> NAMES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private FashionMnist(Pair files) {
    super("Fashion-MNIST", files, MEAN, STD);
  }

  /**
   * The 60,000 images to train on.
   *
   * @return to be closed, or left to the garbage collector
   * @throws UncheckedIOException when the files cannot be had; the message says why
   */
  public static FashionMnist train() {
    return read("train", IdxFiles.fashionMnist()::open);
  }

  /**
   * The 10,000 images to test with.
   *
   * @return to be closed, or left to the garbage collector
   * @throws UncheckedIOException when the files cannot be had; the message says why
   */
  public static FashionMnist test() {
    return read("t10k", IdxFiles.fashionMnist()::open);
  }

  /**
   * The 60,000 images to train on, from a folder.
   *
   * @param folder holds the idx files, gzipped or not; torchvision's folder will do
   * @return to be closed, or left to the garbage collector
   * @throws UncheckedIOException when they are not there or damaged
   */
  public static FashionMnist train(Path folder) {
    return read("train", name -> IdxFiles.open(folder, "FashionMNIST", name));
  }

  /**
   * The 10,000 images to test with, from a folder.
   *
   * @param folder holds the idx files, gzipped or not; torchvision's folder will do
   * @return to be closed, or left to the garbage collector
   * @throws UncheckedIOException when they are not there or damaged
   */
  public static FashionMnist test(Path folder) {
    return read("t10k", name -> IdxFiles.open(folder, "FashionMNIST", name));
  }

  static FashionMnist read(String which, IdxFiles.Opener opener) {
    return new FashionMnist(IdxDataset.read("Fashion-MNIST", which, opener));
  }
}

package io.github.torchscribe.runtime.generated;

import static io.github.torchscribe.runtime.generated.WinogradForm.KERNEL;

import io.github.torchscribe.runtime.process.Blas;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Sums of rows, of some groups at a time: (seen, groups, places, channels). */
final class WinogradSums {
  /** So many numbers stay in the cache until they are read. */
  private static final long CACHED = 100_000;

  private final WinogradSizes sizes;
  private final boolean areOfImages;
  private final int channels;
  private final int most;
  private final int row;
  private final FloatPointer factors;
  private final FloatPointer numbers;

  private WinogradSums(WinogradSizes sizes, boolean areOfImages, int most) {
    this.sizes = sizes;
    this.areOfImages = areOfImages;
    this.most = most;
    channels = areOfImages ? sizes.in() : sizes.out();
    row = areOfImages ? sizes.width() * channels : sizes.columns() * channels;
    WinogradForm form = sizes.form();
    factors = areOfImages ? form.ofImage() : form.ofResult();
    long size = (long) form.seen() * most * sizes.places() * channels;
    try (TensorOptions floats = torch.dtype(torch.ScalarType.Float)) {
      // The last window sees the zeros before a row that is not there.
      Tensor room = torch.zeros(new long[] {size + (long) KERNEL * channels}, floats);
      numbers = room.data_ptr_float();
    }
  }

  /**
   * Room for sums of images' rows.
   *
   * @param groups that are to be computed
   */
  static WinogradSums ofImages(WinogradSizes sizes, int groups) {
    long each = (long) sizes.form().seen() * sizes.places() * sizes.in();
    return new WinogradSums(sizes, true, evenly(groups, (int) Math.max(1, CACHED / each)));
  }

  /**
   * Room for sums of the rows of results' gradients.
   *
   * @param most groups at a time
   */
  static WinogradSums ofResults(WinogradSizes sizes, int most) {
    return new WinogradSums(sizes, false, most);
  }

  private static int evenly(int size, int most) {
    int times = (size + most - 1) / most;
    return (size + times - 1) / times;
  }

  /** How many groups there is room for. */
  int most() {
    return most;
  }

  FloatPointer numbers() {
    return numbers;
  }

  /**
   * Writes a group's.
   *
   * @param group which
   * @param at where it goes
   * @param images (n, h, w, channels)
   */
  void add(int group, int at, FloatPointer images) {
    int seen = sizes.form().seen();
    int before = areOfImages ? sizes.beside() : 0;
    long first = areOfImages ? sizes.firstSeen(group) : sizes.firstRow(group);
    Blas.multiply(
        !areOfImages,
        false,
        seen,
        row,
        areOfImages ? sizes.seenRows(group) : sizes.wantedRows(group),
        1,
        factors.position(areOfImages ? sizes.zerosAbove(group) : 0),
        areOfImages ? seen : seen + 1,
        images.position(first * row),
        row,
        false,
        numbers.position(((long) at * sizes.places() + before) * channels),
        most * sizes.places() * channels);
  }
}

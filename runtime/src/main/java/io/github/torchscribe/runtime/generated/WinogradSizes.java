package io.github.torchscribe.runtime.generated;

import static io.github.torchscribe.runtime.generated.WinogradForm.KERNEL;

import org.bytedeco.pytorch.Tensor;

/**
 * What a 3 × 3 convolution by Winograd is of: of stride 1, channels last.
 *
 * @param form how many rows are computed together
 * @param images how many
 * @param in channels
 * @param out channels
 * @param height of an image
 * @param width of an image
 * @param above how many rows of zeros there are, and below
 * @param beside how many columns of zeros there are, on each side
 */
record WinogradSizes(
    WinogradForm form, int images, int in, int out, int height, int width, int above, int beside) {
  /** More zeros than that no window of a kernel's own size sees. */
  static final int MOST_ZEROS = KERNEL - 1;

  /**
   * Whether a convolution of stride 1 is one that Winograd's way is for.
   *
   * @param weight (out, in, kh, kw)
   * @param padding on each side
   */
  static boolean suits(Tensor weight, long... padding) {
    return weight.size(2) == KERNEL
        && weight.size(3) == KERNEL
        && Math.max(padding[0], padding[1]) <= MOST_ZEROS;
  }

  /**
   * The sizes of a convolution.
   *
   * @param image (n, in, H, W)
   * @param out channels of the result
   * @param padding on each side
   */
  static WinogradSizes of(WinogradForm form, Tensor image, long out, long... padding) {
    return new WinogradSizes(
        form,
        (int) image.size(0),
        (int) image.size(1),
        (int) out,
        (int) image.size(2),
        (int) image.size(3),
        (int) padding[0],
        (int) padding[1]);
  }

  /** Rows of a result. */
  int rows() {
    return height + 2 * above - KERNEL + 1;
  }

  /** Columns of a result. */
  int columns() {
    return width + 2 * beside - KERNEL + 1;
  }

  /** Multiplications of a plain convolution. */
  long multiplications() {
    return (long) KERNEL * KERNEL * in * out * images * rows() * columns();
  }

  /** How often rows of one result are computed together. */
  int groupsEach() {
    return (rows() + form.rows() - 1) / form.rows();
  }

  /** The same of all results. */
  int groups() {
    return images * groupsEach();
  }

  /** The first group of a part of all. */
  int first(int part, int among) {
    return (int) InParts.first(part, among, groups(), 1);
  }

  /**
   * From one row of sums to the next: the zeros behind a row are those before the next. What is
   * computed of windows across is left out.
   */
  int places() {
    return width + beside;
  }

  /** Where a group's first row of its result lies, in rows of all results. */
  long firstRow(int group) {
    return (long) (group / groupsEach()) * rows() + firstRowEach(group);
  }

  /** The same within its own. */
  private int firstRowEach(int group) {
    return group % groupsEach() * form.rows();
  }

  /** How many rows of a group are wanted. */
  int wantedRows(int group) {
    return Math.min(form.rows(), rows() - firstRowEach(group));
  }

  /** How many of the rows that a group sees are zeros above the image. */
  int zerosAbove(int group) {
    return Math.max(0, above - firstRowEach(group));
  }

  /** Where the first row of an image that a group sees lies, in rows of all images. */
  long firstSeen(int group) {
    return (long) (group / groupsEach()) * height + Math.max(0, firstRowEach(group) - above);
  }

  /** How many rows of an image a group sees. */
  int seenRows(int group) {
    int first = firstRowEach(group) - above;
    return Math.min(height, first + form.seen()) - Math.max(0, first);
  }
}

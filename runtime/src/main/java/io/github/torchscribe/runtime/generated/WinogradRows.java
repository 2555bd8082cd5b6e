package io.github.torchscribe.runtime.generated;

import static io.github.torchscribe.runtime.generated.WinogradForm.KERNEL;

import io.github.torchscribe.runtime.process.Blas;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Some groups of rows at a time, in memory that stays in the cache: sums of the image's rows,
 * products of these with sums of kernels' rows, and sums of those, which are the result. What a
 * window sees of a row lies together, so that products are of matrices: of every third place at a
 * time, as their rows must not overlap. Sums are products, too, with small matrices of factors.
 */
final class WinogradRows {
  private final WinogradSizes sizes;
  private final int seen;
  private final int begin;
  private final int end;

  /** How many groups are computed at a time. */
  private final int most;

  private final FloatPointer ofResult;
  private final WinogradSums sums;
  private final FloatPointer products;

  /** A bias for each place, as if that were a product. */
  private final Tensor biases;

  private WinogradRows(WinogradSizes sizes, int begin, int end) {
    this.sizes = sizes;
    this.begin = begin;
    this.end = end;
    seen = sizes.form().seen();
    ofResult = sizes.form().ofResult();
    sums = WinogradSums.ofImages(sizes, end - begin);
    most = sums.most();
    try (TensorOptions floats = torch.dtype(torch.ScalarType.Float)) {
      long places = (long) most * sizes.places();
      Tensor more = torch.empty(new long[] {seen + 1, places, sizes.out()}, floats, null);
      biases = more.select(0, seen);
      products = more.data_ptr_float();
    }
  }

  /**
   * Room for a part of all groups.
   *
   * @param part its number, from 0
   * @param among how many parts there are
   */
  static WinogradRows of(WinogradSizes sizes, int part, int among) {
    return new WinogradRows(sizes, sizes.first(part, among), sizes.first(part + 1, among));
  }

  /**
   * Computes the groups.
   *
   * @param image (n, H, W, in)
   * @param factors sums of kernels' rows: (seen, 3 · in, out)
   * @param bias (out), or null
   * @param result (n, h, w, out), is written
   */
  void convolve(Tensor image, Tensor factors, Tensor bias, Tensor result) {
    convolve(image.data_ptr_float(), factors.data_ptr_float(), bias, result.data_ptr_float());
  }

  private void convolve(
      FloatPointer image, FloatPointer factors, Tensor bias, FloatPointer result) {
    if (bias != null) {
      biases.copy_(bias);
    }
    for (int group = begin; group < end; group += most) {
      int some = Math.min(most, end - group);
      for (int i = 0; i < some; i++) {
        sums.add(group + i, i, image);
      }
      for (int term = 0; term < seen; term++) {
        multiply(term, some, factors);
      }
      for (int i = 0; i < some; i++) {
        give(group + i, i, bias != null, result);
      }
    }
  }

  /** Multiplies all places with kernels' sums of one kind, as many small products. */
  private void multiply(int term, int groups, FloatPointer factors) {
    int in = sizes.in();
    int out = sizes.out();
    int length = KERNEL * in;
    int depth = SmallProducts.even(length, SmallProducts.LENGTH);
    int columns = SmallProducts.even(out, SmallProducts.COLUMNS);
    int atOnce = (int) (SmallProducts.SMALL / ((long) depth * columns));
    long first = (long) term * most * sizes.places();
    int places = groups * sizes.places();
    for (int at = 0; at < length; at += depth) {
      for (int column = 0; column < out; column += columns) {
        for (int phase = 0; phase < KERNEL; phase++) {
          int rows = (places - phase + KERNEL - 1) / KERNEL;
          int each = SmallProducts.even(rows, atOnce);
          for (int row = 0; row < rows; row += each) {
            long place = first + phase + (long) KERNEL * row;
            Blas.multiply(
                false,
                false,
                Math.min(each, rows - row),
                Math.min(columns, out - column),
                Math.min(depth, length - at),
                1,
                sums.numbers().position(place * in + at),
                length,
                factors.position(((long) term * length + at) * out + column),
                out,
                at > 0,
                products.position(place * out + column),
                KERNEL * out);
          }
        }
      }
    }
  }

  /** Sums of products: rows of the result. */
  private void give(int group, int at, boolean hasBias, FloatPointer result) {
    int row = sizes.columns() * sizes.out();
    Blas.multiply(
        false,
        false,
        sizes.wantedRows(group),
        row,
        hasBias ? seen + 1 : seen,
        1,
        ofResult.position(0),
        seen + 1,
        products.position((long) at * sizes.places() * sizes.out()),
        most * sizes.places() * sizes.out(),
        false,
        result.position(sizes.firstRow(group) * row),
        row);
  }
}

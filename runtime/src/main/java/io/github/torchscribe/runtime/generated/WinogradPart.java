package io.github.torchscribe.runtime.generated;

import static io.github.torchscribe.runtime.generated.Winograd.KERNEL;
import static io.github.torchscribe.runtime.generated.Winograd.ROWS;
import static io.github.torchscribe.runtime.generated.Winograd.SEEN;

import io.github.torchscribe.runtime.process.Blas;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Some pairs of rows, of which some at a time are computed in memory of its own. */
final class WinogradPart {
  /** So many numbers, sums and differences of rows, stay in the cache until they are read. */
  private static final long CACHED = 100_000;

  private final Band[] bands;
  private final Tensor bias;
  private final int in;
  private final int out;
  private final FloatPointer sums;
  private final FloatPointer factors;
  private final FloatPointer results;

  WinogradPart(Tensor image, Tensor to, Tensor weights, Tensor bias, long begin, long end) {
    in = (int) image.size(2);
    out = (int) to.size(2);
    this.bias = bias;
    long width = image.size(1);
    long most = Math.max(1, Math.min(end - begin, CACHED / (SEEN * width * in)));
    int count = (int) ((end - begin + most - 1) / most);
    most = (end - begin + count - 1) / count;
    long places = most * width;
    try (TensorOptions floats = image.options()) {
      // A window at the last place sees two more.
      Tensor room = torch.zeros(new long[] {SEEN * places * in + (KERNEL - 1L) * in}, floats);
      Tensor products = torch.empty(new long[] {KERNEL * places * out}, floats, null);
      bands = new Band[count];
      for (int i = 0; i < count; i++) {
        long first = begin + i * (end - begin) / count;
        long last = begin + (i + 1) * (end - begin) / count;
        bands[i] = new Band(image, to, room, products, first, last - first);
      }
      sums = room.data_ptr_float();
      results = products.data_ptr_float();
    }
    factors = weights.data_ptr_float();
  }

  void compute() {
    for (Band band : bands) {
      band.add();
      if (bias != null) {
        band.begin(bias);
      }
      multiply(band, 1, 0, bias != null);
      multiply(band, 2, 1, false);
      band.subtract();
      multiply(band, 0, 0, true);
      multiply(band, 3, 2, true);
      band.give();
    }
  }

  /**
   * Multiplies all places with the kernels' rows of one kind, as many small products.
   *
   * @param term which sum or difference
   * @param result which of the results
   * @param adds whether that is added to what is there
   */
  private void multiply(Band band, int term, int result, boolean adds) {
    int length = KERNEL * in;
    int depth = SmallProducts.even(length, SmallProducts.LENGTH);
    int columns = SmallProducts.even(out, SmallProducts.COLUMNS);
    int most = (int) (SmallProducts.SMALL / ((long) depth * columns));
    for (int at = 0; at < length; at += depth) {
      int some = Math.min(depth, length - at);
      for (int column = 0; column < out; column += columns) {
        for (int phase = 0; phase < KERNEL; phase++) {
          int rows = (int) ((band.places - phase + KERNEL - 1) / KERNEL);
          int each = SmallProducts.even(rows, most);
          for (int row = 0; row < rows; row += each) {
            long place = phase + (long) KERNEL * row;
            Blas.multiply(
                false,
                false,
                Math.min(each, rows - row),
                Math.min(columns, out - column),
                some,
                1,
                sums.position((term * band.places + place) * in + at),
                length,
                factors.position(((long) term * length + at) * out + column),
                out,
                adds || at > 0,
                results.position((result * band.places + place) * out + column),
                KERNEL * out);
          }
        }
      }
    }
  }

  /** Pairs of rows that are computed together. */
  private static final class Band {
    private final long places;
    private final Tensor[] seen = new Tensor[SEEN];
    private final Tensor[] terms = new Tensor[SEEN];
    private final Tensor[] results = new Tensor[KERNEL];
    private final Tensor[] found = new Tensor[ROWS];
    private final Tensor[] wanted = new Tensor[ROWS];

    Band(Tensor image, Tensor to, Tensor room, Tensor products, long first, long pairs) {
      long width = image.size(1);
      long in = image.size(2);
      long out = to.size(2);
      places = pairs * width;
      for (int i = 0; i < SEEN; i++) {
        Tensor rows = image.narrow(0, ROWS * first + i, ROWS * pairs - 1);
        seen[i] =
            rows.as_strided(new long[] {pairs, width * in}, new long[] {ROWS * width * in, 1});
        terms[i] = room.narrow(0, i * places * in, places * in).view(pairs, width * in);
      }
      for (int i = 0; i < KERNEL; i++) {
        results[i] = products.narrow(0, i * places * out, places * out).view(pairs, width, out);
      }
      for (int i = 0; i < ROWS; i++) {
        long there = Math.min(pairs, (to.size(0) - ROWS * first - i + 1) / ROWS);
        found[i] = results[ROWS * i].narrow(0, 0, there).narrow(1, 0, to.size(1));
        wanted[i] =
            there == 0
                ? null
                : to.narrow(0, ROWS * first + i, ROWS * there - 1)
                    .as_strided(
                        new long[] {there, to.size(1), out},
                        new long[] {ROWS * to.stride(0), to.stride(1), 1});
      }
    }

    void add() {
      torch.sub_out(terms[0], seen[0], seen[2]);
      torch.add_out(terms[1], seen[1], seen[2]);
      torch.sub_out(terms[2], seen[2], seen[1]);
      torch.sub_out(terms[3], seen[1], seen[3]);
    }

    void begin(Tensor bias) {
      results[0].copy_(bias);
    }

    void subtract() {
      torch.sub_out(results[2], results[0], results[1]);
      results[0].add_(results[1]);
    }

    void give() {
      for (int i = 0; i < ROWS; i++) {
        if (wanted[i] != null) {
          wanted[i].copy_(found[i]);
        }
      }
    }
  }
}

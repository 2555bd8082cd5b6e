package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.torch.TensorSpec;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;

/**
 * Gathers what rows say of one part in native memory, a block at a time, since nobody knows how
 * many rows come; then as one tensor.
 */
final class PartReader implements AutoCloseable {
  /** Some megabytes: of more the last block would waste much, of less there would be many. */
  private static final int BLOCK_BYTES = 1 << 22;

  /** All ones where a number is infinite or none. */
  private static final int EXPONENT = 0x7f800000;

  /** Makes the sign of what is all ones. */
  private static final int LEAST_EXPONENT = 0x00800000;

  private final Part part;
  private final TensorSpec spec;
  private final int width;
  private final int rowsInBlock;
  private final List<Pointer> blocks = new ArrayList<>();
  private long rows;

  /** Of one row. */
  private final float[] numbers;

  /** Of one row, where they are indices. */
  private final long[] indices;

  PartReader(Part part, TensorSpec spec) {
    this.part = part;
    this.spec = spec;
    width = Math.toIntExact(LongStream.of(spec.shape()).reduce(1, Math::multiplyExact));
    numbers = new float[spec.areIndices() ? 0 : width];
    indices = new long[spec.areIndices() ? width : 0];
    rowsInBlock = Math.max(1, (int) (BLOCK_BYTES / spec.bytes()));
  }

  long rows() {
    return rows;
  }

  /**
   * Takes a row.
   *
   * @throws Misfit when it is not what the part takes
   */
  <R> void add(Cells<R> cells, R row) {
    int filled = 0;
    for (Cell cell : part.cells()) {
      filled += fill(filled, cells, row, cell);
    }
    if (filled != width) {
      throw new Misfit(
          said(part.columns(), part.cells().size() == 1 ? "has" : "have")
              + many(filled)
              + takes(width));
    }
    requireFinite();
    int at = (int) (rows % rowsInBlock);
    if (at == 0) {
      long room = (long) rowsInBlock * width;
      blocks.add(spec.areIndices() ? new LongPointer(room) : new FloatPointer(room));
    }
    Pointer block = blocks.get(blocks.size() - 1);
    if (block instanceof LongPointer some) {
      some.position((long) at * width).put(indices, 0, width);
    } else {
      ((FloatPointer) block).position((long) at * width).put(numbers, 0, width);
    }
    block.position(0);
    rows++;
  }

  /** Bits of all numbers together, since the JVM does that many at a time. */
  private void requireFinite() {
    int exponents = 0;
    for (float number : numbers) {
      exponents |= (Float.floatToRawIntBits(number) & EXPONENT) + LEAST_EXPONENT;
    }
    if (exponents >= 0) {
      return;
    }
    int first = 0;
    while (Float.isFinite(numbers[first])) {
      first++;
    }
    throw new Misfit(
        said(part.columns(), part.cells().size() == 1 ? "has" : "have")
            + numbers[first]
            + " at "
            + first
            + ", counted from 0");
  }

  private <R> int fill(int from, Cells<R> cells, R row, Cell cell) {
    if (cells.isNull(row, cell)) {
      throw new Misfit(said('"' + cell.column() + '"', "is") + "null");
    }
    if (cell.form() == Cell.Form.NUMBER) {
      if (from < width) {
        fillOne(from, cells, row, cell);
      }
      return 1;
    }
    Object all;
    try {
      all = cells.all(row, cell);
    } catch (Cells.NullElement e) {
      throw new Misfit('"' + cell.column() + "\" " + e.getMessage());
    }
    int size = Array.getLength(all);
    if (from + size <= width) {
      if (spec.areIndices()) {
        fillIndices(from, all, cell);
      } else {
        fillNumbers(from, all);
      }
    }
    return size;
  }

  private <R> void fillOne(int at, Cells<R> cells, R row, Cell cell) {
    boolean whole = cell.element().isWhole();
    if (spec.areIndices()) {
      indices[at] =
          whole ? index(cell, cells.whole(row, cell)) : index(cell, cells.real(row, cell));
    } else {
      numbers[at] = whole ? cells.whole(row, cell) : (float) cells.real(row, cell);
    }
  }

  private void fillNumbers(int from, Object all) {
    if (all instanceof float[] some) {
      System.arraycopy(some, 0, numbers, from, some.length);
    } else if (all instanceof double[] some) {
      for (int i = 0; i < some.length; i++) {
        numbers[from + i] = (float) some[i];
      }
    } else {
      for (int i = 0; i < Array.getLength(all); i++) {
        numbers[from + i] = Array.getLong(all, i);
      }
    }
  }

  private void fillIndices(int from, Object all, Cell cell) {
    for (int i = 0; i < Array.getLength(all); i++) {
      indices[from + i] =
          cell.element().isWhole()
              ? index(cell, Array.getLong(all, i))
              : index(cell, Array.getDouble(all, i));
    }
  }

  private long index(Cell cell, double value) {
    long index = (long) value;
    if (index != value) {
      throw noIndex(cell, "" + value);
    }
    return index(cell, index);
  }

  private long index(Cell cell, long value) {
    boolean counts = value >= 0 && value < spec.count();
    if (!counts && !(spec.ignored().isPresent() && spec.ignored().getAsLong() == value)) {
      throw noIndex(cell, "" + value);
    }
    return value;
  }

  private Misfit noIndex(Cell cell, String value) {
    return new Misfit(
        '"'
            + cell.column()
            + "\" has "
            + value
            + (part.name().isEmpty() ? "" : " for " + part.name())
            + ", which takes indices from 0 to "
            + (spec.count() - 1)
            + (spec.ignored().isPresent() ? ", or " + spec.ignored().getAsLong() : ""));
  }

  private static String said(String columns, String verb) {
    return columns + " " + verb + " ";
  }

  private static String many(long count) {
    return count + (count == 1 ? " number" : " numbers");
  }

  private String takes(long count) {
    return ", but "
        + (part.name().isEmpty() ? "the network" : part.name())
        + " takes "
        + count
        + ", "
        + spec;
  }

  /** All rows; leaves nothing here. The caller owns it. */
  Tensor tensor() {
    Tensor all = spec.empty(rows);
    try (Pointer into = new Pointer(all.data_ptr())) {
      long size = spec.bytes();
      for (int i = 0; i < blocks.size(); i++) {
        long first = (long) i * rowsInBlock;
        Pointer.memcpy(
            into.getPointer(BytePointer.class, first * size),
            blocks.get(i),
            Math.min(rowsInBlock, rows - first) * size);
        blocks.get(i).close(); // so that no more than one block is there twice
      }
    }
    close();
    return all;
  }

  @Override
  public void close() {
    blocks.forEach(Pointer::close);
    blocks.clear();
    rows = 0;
  }

  /** A row that is not as a part wants it. */
  static final class Misfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    Misfit(String message) {
      super(message);
    }
  }
}

package io.github.torchscribe.spark;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * Of Spark's own rows, as they lie in its memory: several times as fast as public ones, since no
 * number becomes an object. Spark may change them without notice.
 */
final class InternalCells implements Cells<InternalRow> {
  private static final long serialVersionUID = 1;

  private static final int VECTOR_FIELDS = 4;
  private static final int VECTOR_SIZE = 1;
  private static final int VECTOR_INDICES = 2;
  private static final int VECTOR_VALUES = 3;

  /** Whether this version of Spark still has what is called here. */
  static boolean work() {
    try {
      InternalRow row =
          new GenericInternalRow(new Object[] {ArrayData.toArrayData(new float[] {1, 2}), 3L});
      Cells<InternalRow> cells = new InternalCells();
      Cell floats = new Cell("", 0, Cell.Element.FLOAT, Cell.Form.ARRAY);
      Cell label = new Cell("", 1, Cell.Element.LONG, Cell.Form.NUMBER);
      return cells.all(row, floats) instanceof float[] two
          && two[1] == 2
          && !cells.isNull(row, label)
          && cells.whole(row, label) == 3;
    } catch (LinkageError | RuntimeException e) {
      return false;
    }
  }

  @Override
  public boolean isNull(InternalRow row, Cell cell) {
    return row.isNullAt(cell.at());
  }

  @Override
  public long whole(InternalRow row, Cell cell) {
    return switch (cell.element()) {
      case BOOLEAN -> row.getBoolean(cell.at()) ? 1 : 0;
      case BYTE -> row.getByte(cell.at());
      case SHORT -> row.getShort(cell.at());
      case INT -> row.getInt(cell.at());
      case LONG -> row.getLong(cell.at());
      case FLOAT, DOUBLE -> throw new IllegalStateException(cell + " is no whole number");
    };
  }

  @Override
  public double real(InternalRow row, Cell cell) {
    return cell.element() == Cell.Element.FLOAT
        ? row.getFloat(cell.at())
        : row.getDouble(cell.at());
  }

  @Override
  public Object all(InternalRow row, Cell cell) {
    return cell.form() == Cell.Form.VECTOR
        ? vector(row.getStruct(cell.at(), VECTOR_FIELDS))
        : array(row.getArray(cell.at()), cell.element());
  }

  private static Object array(ArrayData array, Cell.Element element) {
    int size = array.numElements();
    for (int i = 0; i < size; i++) {
      if (array.isNullAt(i)) {
        throw new NullElement(i);
      }
    }
    return switch (element) {
      case BOOLEAN -> bytes(array.toBooleanArray());
      case BYTE -> array.toByteArray();
      case SHORT -> array.toShortArray();
      case INT -> array.toIntArray();
      case LONG -> array.toLongArray();
      case FLOAT -> array.toFloatArray();
      case DOUBLE -> array.toDoubleArray();
    };
  }

  private static byte[] bytes(boolean... all) {
    byte[] bytes = new byte[all.length];
    for (int i = 0; i < all.length; i++) {
      bytes[i] = (byte) (all[i] ? 1 : 0);
    }
    return bytes;
  }

  /** A sparse vector has a size and where its values are, a dense one neither. */
  private static double[] vector(InternalRow vector) {
    double[] values = vector.getArray(VECTOR_VALUES).toDoubleArray();
    if (vector.isNullAt(VECTOR_INDICES)) {
      return values;
    }
    double[] all = new double[vector.getInt(VECTOR_SIZE)];
    int[] places = vector.getArray(VECTOR_INDICES).toIntArray();
    for (int i = 0; i < places.length; i++) {
      all[places[i]] = values[i];
    }
    return all;
  }
}

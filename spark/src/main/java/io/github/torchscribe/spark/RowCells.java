package io.github.torchscribe.spark;

import java.lang.reflect.InvocationTargetException;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import scala.collection.Seq;
import scala.collection.mutable.ArraySeq;
import scala.jdk.javaapi.CollectionConverters;

/** Of public rows: slower, and there in every version of Spark. */
final class RowCells implements Cells<Row> {
  private static final long serialVersionUID = 1;

  @Override
  public boolean isNull(Row row, Cell cell) {
    return row.isNullAt(cell.at());
  }

  @Override
  public long whole(Row row, Cell cell) {
    return cell.element() == Cell.Element.BOOLEAN
        ? row.getBoolean(cell.at()) ? 1 : 0
        : ((Number) row.get(cell.at())).longValue();
  }

  @Override
  public double real(Row row, Cell cell) {
    return ((Number) row.get(cell.at())).doubleValue();
  }

  @Override
  public Object all(Row row, Cell cell) {
    Object value = row.get(cell.at());
    if (cell.form() == Cell.Form.VECTOR) {
      return vector(value);
    }
    if (value instanceof ArraySeq<?> array
        && array.array().getClass().getComponentType().isPrimitive()
        && !(array.array() instanceof boolean[])) {
      return array.array();
    }
    return boxed((Seq<?>) value, cell.element());
  }

  private static Object boxed(Seq<?> all, Cell.Element element) {
    float[] floats = new float[element == Cell.Element.FLOAT ? all.length() : 0];
    double[] doubles = new double[element == Cell.Element.DOUBLE ? all.length() : 0];
    long[] wholes = new long[element.isWhole() ? all.length() : 0];
    int i = 0;
    for (Iterator<?> each = CollectionConverters.asJava(all).iterator(); each.hasNext(); i++) {
      Object one = each.next();
      if (one == null) {
        throw new NullElement(i);
      }
      switch (element) {
        case BOOLEAN -> wholes[i] = (Boolean) one ? 1 : 0;
        case FLOAT -> floats[i] = (Float) one;
        case DOUBLE -> doubles[i] = ((Number) one).doubleValue(); // decimals, too
        default -> wholes[i] = ((Number) one).longValue();
      }
    }
    return element.isWhole() ? wholes : element == Cell.Element.FLOAT ? floats : doubles;
  }

  /** By reflection: who has no such columns need not have Spark ML. */
  private static double[] vector(Object vector) {
    try {
      return (double[]) vector.getClass().getMethod("toArray").invoke(vector);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(vector.getClass() + " is no vector of Spark ML's", e);
    }
  }
}

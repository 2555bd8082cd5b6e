package io.github.torchscribe.spark;

import java.io.Serializable;
import java.util.Locale;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.UserDefinedType;

/**
 * How what stands in a column is read.
 *
 * @param column its name
 * @param at where it is in a row, counted from 0
 * @param element what its numbers are
 * @param form whether it is one number, an array of them, or a vector
 */
record Cell(String column, int at, Element element, Form form) implements Serializable {
  /** What a number is. */
  enum Element {
    BOOLEAN("boolean"),
    BYTE("tinyint"),
    SHORT("smallint"),
    INT("int"),
    LONG("bigint"),
    FLOAT("float"),
    DOUBLE("double");

    private final String sql;

    Element(String sql) {
      this.sql = sql;
    }

    boolean isWhole() {
      return this != FLOAT && this != DOUBLE;
    }

    private static Element of(DataType type) {
      if (type instanceof DecimalType) {
        return DOUBLE; // as which it is read
      }
      for (Element element : values()) {
        if (element.sql.equals(type.sql().toLowerCase(Locale.ROOT))) {
          return element;
        }
      }
      return null;
    }
  }

  /** How many numbers there are. */
  enum Form {
    NUMBER,
    ARRAY,
    VECTOR
  }

  /**
   * How a column is read.
   *
   * @param column its name
   * @param at where it is in a row
   * @param type of the column
   * @throws IllegalArgumentException when it holds no numbers
   */
  static Cell of(String column, int at, DataType type) {
    if (isVector(type)) {
      return new Cell(column, at, Element.DOUBLE, Form.VECTOR);
    }
    Form form = type instanceof ArrayType ? Form.ARRAY : Form.NUMBER;
    Element element = Element.of(type instanceof ArrayType array ? array.elementType() : type);
    if (element == null) {
      throw new IllegalArgumentException(
          "the column \""
              + column
              + "\" is "
              + type.simpleString()
              + "; it must be a number, an array of numbers or a vector");
    }
    return new Cell(column, at, element, form);
  }

  /** A column that says yes or no. */
  static Cell mark(int at) {
    return new Cell("", at, Element.BOOLEAN, Form.NUMBER);
  }

  /** Spark ML's, by name: who has none of it need not have it on the class path. */
  private static boolean isVector(DataType type) {
    return type instanceof UserDefinedType<?>
        && type.getClass().getSimpleName().equals("VectorUDT");
  }
}

package io.github.torchscribe.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/** Takes of a DataFrame what training reads: its columns, in the order in which they are read. */
final class Selection {
  private final Map<String, List<String>> inputs;
  private final Map<String, List<String>> targets;
  private final List<String> columns;
  private boolean marked;

  /**
   * Of these columns.
   *
   * @param inputs of each input
   * @param targets of each target
   */
  Selection(Map<String, List<String>> inputs, Map<String, List<String>> targets) {
    this.inputs = inputs;
    this.targets = targets;
    columns =
        Stream.concat(inputs.values().stream(), targets.values().stream())
            .flatMap(List::stream)
            .toList();
  }

  /** Rows that are learned from, and evaluated on. */
  Dataset<Row> of(Dataset<Row> data) {
    return data.select(chosen(data).toArray(Column[]::new));
  }

  /** Rows that are learned from, and such that are evaluated on, which are marked. */
  Dataset<Row> of(Dataset<Row> train, Dataset<Row> test) {
    marked = true;
    return marked(train, false).union(marked(test, true));
  }

  private Dataset<Row> marked(Dataset<Row> data, boolean isTest) {
    List<Column> all = chosen(data);
    all.add(functions.lit(isTest).as(name(all.size())));
    return data.select(all.toArray(Column[]::new));
  }

  /** Decimals become numbers of 64 bits; what has no numbers is refused. */
  private List<Column> chosen(Dataset<Row> data) {
    List<Column> all = new ArrayList<>();
    for (String name : columns) {
      DataType type = type(data.schema(), name);
      Cell.of(name, all.size(), type);
      Column column = data.col("`" + name.replace("`", "``") + "`");
      if (type instanceof DecimalType) {
        column = column.cast("double");
      } else if (type instanceof ArrayType array && array.elementType() instanceof DecimalType) {
        column = column.cast("array<double>");
      }
      all.add(column.as(name(all.size())));
    }
    return all;
  }

  /**
   * The type of a column.
   *
   * @throws IllegalArgumentException when there is none of that name; the message says which there
   *     are
   */
  static DataType type(StructType schema, String column) {
    List<String> there = Arrays.asList(schema.fieldNames());
    if (!there.contains(column)) {
      throw new IllegalArgumentException(
          "there is no column \"" + column + "\"; there are " + String.join(", ", there));
    }
    return schema.apply(column).dataType();
  }

  /** By their places: a column may be chosen twice. */
  private static String name(int at) {
    return "c" + at;
  }

  /** How rows are read. */
  RowLayout layout(StructType chosen) {
    int[] next = {0};
    return RowLayout.of(
        inputs,
        targets,
        marked ? Cell.mark(columns.size()) : null,
        column -> Cell.of(column, next[0], chosen.apply(next[0]++).dataType()));
  }
}

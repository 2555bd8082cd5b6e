package io.github.torchscribe.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows become tensors: of every kind of column, and by both ways of reading. */
class RowsTest {
  private static final TensorSpec THREE = TensorSpec.numbers(3);
  private static final TensorSpec CLASS = TensorSpec.indices(10);
  private static final DataType FLOATS = arrayOf(DataTypes.FloatType);

  private static DataType arrayOf(DataType element) {
    return DataTypes.createArrayType(element);
  }

  static Stream<Arguments> features() {
    return Stream.of(
        Arguments.of(FLOATS, List.of(1f, -2.5f, 3f)),
        Arguments.of(arrayOf(DataTypes.DoubleType), List.of(1d, -2.5d, 3d)),
        Arguments.of(
            arrayOf(DataTypes.createDecimalType(5, 2)),
            Stream.of("1", "-2.5", "3").map(BigDecimal::new).toList()),
        Arguments.of(SQLDataTypes.VectorType(), Vectors.dense(1, -2.5, 3)),
        Arguments.of(
            SQLDataTypes.VectorType(),
            Vectors.sparse(3, new int[] {0, 1, 2}, new double[] {1, -2.5, 3})));
  }

  @ParameterizedTest
  @MethodSource("features")
  void numbersComeFromArraysAndVectors(DataType type, Object value) {
    StructType schema = new StructType().add("x", type).add("y", DataTypes.IntegerType);
    for (boolean internal : new boolean[] {true, false}) {
      Read read = read(internal, schema, THREE, CLASS, RowFactory.create(value, 7));
      assertArrayEquals(new double[] {1, -2.5, 3}, read.inputs);
      assertArrayEquals(new double[] {7}, read.targets);
    }
  }

  static Stream<Arguments> wholeFeatures() {
    return Stream.of(
        Arguments.of(DataTypes.ByteType, List.of((byte) 1, (byte) 0, (byte) -3)),
        Arguments.of(DataTypes.ShortType, List.of((short) 1, (short) 0, (short) -3)),
        Arguments.of(DataTypes.IntegerType, List.of(1, 0, -3)),
        Arguments.of(DataTypes.LongType, List.of(1L, 0L, -3L)));
  }

  @ParameterizedTest
  @MethodSource("wholeFeatures")
  void numbersComeFromArraysOfWholeNumbers(DataType element, List<?> value) {
    StructType schema = new StructType().add("x", arrayOf(element)).add("y", DataTypes.LongType);
    for (boolean internal : new boolean[] {true, false}) {
      Read read = read(internal, schema, THREE, CLASS, RowFactory.create(value, 7L));
      assertArrayEquals(new double[] {1, 0, -3}, read.inputs);
    }
  }

  @Test
  void sparseVectorsAreFilledWithZeros() {
    StructType schema =
        new StructType().add("x", SQLDataTypes.VectorType()).add("y", DataTypes.LongType);
    Row row = RowFactory.create(Vectors.sparse(3, new int[] {2}, new double[] {4}), 7L);
    for (boolean internal : new boolean[] {true, false}) {
      assertArrayEquals(new double[] {0, 0, 4}, read(internal, schema, THREE, CLASS, row).inputs);
    }
  }

  static Stream<Arguments> labels() {
    return Stream.of(
        Arguments.of(DataTypes.ByteType, (byte) 1),
        Arguments.of(DataTypes.ShortType, (short) 1),
        Arguments.of(DataTypes.IntegerType, 1),
        Arguments.of(DataTypes.LongType, 1L),
        Arguments.of(DataTypes.FloatType, 1f),
        Arguments.of(DataTypes.DoubleType, 1d),
        Arguments.of(DataTypes.BooleanType, true),
        Arguments.of(DataTypes.createDecimalType(4, 1), new BigDecimal("1.0")),
        Arguments.of(arrayOf(DataTypes.DoubleType), List.of(1d)),
        Arguments.of(arrayOf(DataTypes.BooleanType), List.of(true)));
  }

  @ParameterizedTest
  @MethodSource("labels")
  void labelsAreOfAnyNumericType(DataType type, Object label) {
    StructType schema = new StructType().add("x", FLOATS).add("y", type);
    Row row = RowFactory.create(List.of(1f, 2f, 3f), label);
    for (boolean internal : new boolean[] {true, false}) {
      assertArrayEquals(new double[] {1}, read(internal, schema, THREE, CLASS, row).targets);
      assertArrayEquals(
          new double[] {1},
          read(internal, schema, THREE, TensorSpec.numbers(1), row).targets,
          "as a number");
    }
  }

  @Test
  void columnsOfSeveralKindsArePutOneBehindTheOther() {
    StructType schema =
        new StructType()
            .add("a", DataTypes.IntegerType)
            .add("b", arrayOf(DataTypes.DoubleType))
            .add("y", DataTypes.LongType);
    for (boolean internal : new boolean[] {true, false}) {
      Read read =
          read(
              internal,
              schema,
              THREE,
              CLASS,
              List.of("a", "b"),
              RowFactory.create(5, List.of(6d, 7d), 1L),
              RowFactory.create(8, List.of(9d, 10d), 2L));
      assertArrayEquals(new double[] {5, 6, 7, 8, 9, 10}, read.inputs);
      assertArrayEquals(new double[] {1, 2}, read.targets);
    }
  }

  @Test
  void manyRowsSpanBlocks() {
    TensorSpec wide = TensorSpec.numbers(300_000); // three rows in a block
    List<Float> numbers = new ArrayList<>();
    for (int i = 0; i < 300_000; i++) {
      numbers.add((float) i);
    }
    StructType schema = new StructType().add("x", FLOATS).add("y", DataTypes.LongType);
    Row[] rows =
        LongStream.range(0, 8).mapToObj(i -> RowFactory.create(numbers, i)).toArray(Row[]::new);
    Read read = read(true, schema, wide, CLASS, rows);
    for (int i = 0; i < 8; i++) {
      assertEquals(299_999, read.inputs[(i + 1) * 300_000 - 1]);
      assertEquals(0, read.inputs[i * 300_000]);
    }
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5, 6, 7}, read.targets);
  }

  static Stream<Arguments> misfits() {
    List<Float> good = List.of(1f, 2f, 3f);
    return Stream.of(
        Arguments.of(null, 1L, "\"x\" is null; the row is x = null, y = 1"),
        Arguments.of(good, null, "\"y\" is null; the row is x = [1.0, 2.0, 3.0], y = null"),
        Arguments.of(
            Arrays.asList(1f, null, 3f),
            1L,
            "\"x\" has nothing at 1, counted from 0; the row is x = [… null …], y = 1"),
        Arguments.of(
            List.of(1f, Float.NaN, Float.NEGATIVE_INFINITY),
            1L,
            "\"x\" has NaN at 1, counted from 0; the row is x = [1.0, NaN, -Infinity], y = 1"),
        Arguments.of(
            List.of(Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY),
            1L,
            "\"x\" has Infinity at 2, counted from 0; the row is x = [3.4028235E38, -3.4028235E38,"
                + " Infinity], y = 1"),
        Arguments.of(
            List.of(1f, 2f),
            1L,
            "\"x\" has 2 numbers, but the network takes 3, Float (N, 3); the row is x = [1.0, 2.0],"
                + " y = 1"),
        Arguments.of(
            List.of(1f, 2f, 3f, 4f, 5f, 6f, 7f),
            1L,
            "\"x\" has 7 numbers, but the network takes 3, Float (N, 3); the row is x = [1.0, 2.0,"
                + " 3.0, 4.0, 5.0, … (7 numbers)], y = 1"),
        Arguments.of(
            good,
            10L,
            "\"y\" has 10, which takes indices from 0 to 9; the row is x = [1.0, 2.0, 3.0], y = 10"),
        Arguments.of(
            good,
            -1L,
            "\"y\" has -1, which takes indices from 0 to 9; the row is x = [1.0, 2.0, 3.0], y ="
                + " -1"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void whatDoesNotFitIsShownWithItsRow(Object x, Long y, String message) {
    StructType schema = new StructType().add("x", FLOATS).add("y", DataTypes.LongType);
    for (boolean internal : new boolean[] {true, false}) {
      PartReader.Misfit misfit =
          assertThrows(
              PartReader.Misfit.class,
              () -> read(internal, schema, THREE, CLASS, RowFactory.create(x, y)));
      assertEquals(message, misfit.getMessage());
    }
  }

  @Test
  void classesAreNotRounded() {
    StructType schema = new StructType().add("x", FLOATS).add("y", DataTypes.DoubleType);
    for (boolean internal : new boolean[] {true, false}) {
      PartReader.Misfit misfit =
          assertThrows(
              PartReader.Misfit.class,
              () ->
                  read(
                      internal, schema, THREE, CLASS, RowFactory.create(List.of(1f, 2f, 3f), 1.5)));
      assertTrue(misfit.getMessage().startsWith("\"y\" has 1.5"), misfit.getMessage());
    }
  }

  @Test
  void theTargetThatDoesNotCountIsTaken() {
    StructType schema = new StructType().add("x", FLOATS).add("y", DataTypes.IntegerType);
    Row row = RowFactory.create(List.of(1f, 2f, 3f), -100);
    assertArrayEquals(
        new double[] {-100}, read(true, schema, THREE, CLASS.ignoring(-100), row).targets);
  }

  @Test
  void textsAreRefusedBeforeAnythingRuns() {
    StructType schema = new StructType().add("x", DataTypes.StringType);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Selection(Map.of("", List.of("x")), Map.of())
                    .of(LocalSpark.frame(schema, List.of(RowFactory.create("a")))));
    assertEquals(
        "the column \"x\" is string; it must be a number, an array of numbers or a vector",
        refused.getMessage());
  }

  @Test
  void thisVersionOfSparkHasRowsAsWeKnowThem() {
    assertTrue(InternalCells.work());
  }

  /** What was read: all numbers, one row behind the other. */
  private record Read(double[] inputs, double[] targets) {}

  private static Read read(
      boolean internal, StructType schema, TensorSpec input, TensorSpec target, Row... rows) {
    return read(internal, schema, input, target, List.of("x"), rows);
  }

  private static Read read(
      boolean internal,
      StructType schema,
      TensorSpec input,
      TensorSpec target,
      List<String> features,
      Row... rows) {
    Selection selection = new Selection(Map.of("", features), Map.of("", List.of("y")));
    // A shuffle, so that rows lie in memory as they do when a network is trained.
    Dataset<Row> data =
        selection.of(LocalSpark.frame(schema, Arrays.asList(rows)).coalesce(1)).repartition(1);
    RowLayout layout = selection.layout(data.schema());
    return internal
        ? read(
            data.queryExecution().toRdd().toJavaRDD().map(row -> row.copy()).collect(),
            new InternalCells(),
            layout,
            input,
            target)
        : read(data.collectAsList(), new RowCells(), layout, input, target);
  }

  private static <R> Read read(
      List<R> rows, Cells<R> cells, RowLayout layout, TensorSpec input, TensorSpec target) {
    TensorSpecs inputs = TensorSpecs.of(input);
    TensorSpecs targets = TensorSpecs.of(target);
    PointerScope scope = new PointerScope();
    try (PartitionReader<R> reader = new PartitionReader<>(layout, cells, inputs, targets)) {
      Iterator<R> each = rows.iterator();
      long size = reader.addAll(each).trainRows();
      assertEquals(rows.size(), size);
      try (PartitionData data = reader.train()) {
        Tensors x = inputs.empty(size);
        Tensors y = targets.empty(size);
        data.gather(torch.arange(new Scalar(size)), x, y);
        return sorted(numbers(x.only()), numbers(y.only()));
      }
    } finally {
      scope.close();
    }
  }

  private static Read sorted(double[] inputs, double[] targets) {
    int width = inputs.length / targets.length;
    Integer[] order = new Integer[targets.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(targets[a], targets[b]));
    double[] sorted = new double[inputs.length];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(inputs, order[i] * width, sorted, i * width, width);
    }
    return new Read(sorted, Arrays.stream(targets).sorted().toArray());
  }

  private static double[] numbers(Tensor all) {
    Tensor doubles = all.to(torch.ScalarType.Double).contiguous();
    double[] numbers = new double[Math.toIntExact(doubles.numel())];
    doubles.data_ptr_double().get(numbers);
    return numbers;
  }
}

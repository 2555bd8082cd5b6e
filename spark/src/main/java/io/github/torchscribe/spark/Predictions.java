package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Adds predictions to a partition's rows, many at a time. */
final class Predictions implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  private static final int AT_ONCE = 256;

  private final SparkModel model;
  private final RowLayout layout;
  private final ArrayList<Added> added;

  Predictions(SparkModel model, RowLayout layout, List<Added> added) {
    this.model = model;
    this.layout = layout;
    this.added = new ArrayList<>(added);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    Cores.ofTask(TaskContext.get());
    Predicted predicted = new Predicted(rows);
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> predicted.close());
    return predicted;
  }

  /** The rows, with what is added. */
  private final class Predicted implements Iterator<Row>, AutoCloseable {
    private final Iterator<Row> rows;
    private final Model network = model.model();
    private final TensorSpecs specs = network.inputs();
    private final List<PartReader> parts = new ArrayList<>();
    private final Cells<Row> cells = new RowCells();
    private final Queue<Row> ready = new ArrayDeque<>();

    Predicted(Iterator<Row> rows) {
      this.rows = rows;
      for (int i = 0; i < specs.size(); i++) {
        parts.add(new PartReader(layout.inputs().get(i), specs.get(i)));
      }
    }

    @Override
    public boolean hasNext() {
      return !ready.isEmpty() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (ready.isEmpty()) {
        predict();
      }
      Row next = ready.poll();
      if (next == null) {
        throw new NoSuchElementException("there are no more rows");
      }
      return next;
    }

    private void predict() {
      List<Row> some = new ArrayList<>();
      while (some.size() < AT_ONCE && rows.hasNext()) {
        Row row = rows.next();
        try {
          parts.forEach(part -> part.add(cells, row));
        } catch (PartReader.Misfit e) {
          throw layout.showing(e, cells, row);
        }
        some.add(row);
      }
      if (some.isEmpty()) {
        return;
      }
      PointerScope scope = new PointerScope();
      try {
        Tensors inputs = Tensors.of(specs.names(), parts.stream().map(PartReader::tensor).toList());
        Object[][] columns = columns(inputs, some.size());
        for (int i = 0; i < some.size(); i++) {
          ready.add(with(some.get(i), columns, i));
        }
      } finally {
        scope.close();
      }
    }

    /** What each column has for each row. */
    private Object[][] columns(Tensors inputs, int rows) {
      Map<String, long[]> classes = asks(Added.What.CLASSES) ? network.predict(inputs) : Map.of();
      Tensors outputs =
          asks(Added.What.NUMBERS) || asks(Added.What.SOFTMAX) ? network.forward(inputs) : null;
      Object[][] columns = new Object[added.size()][];
      for (int i = 0; i < columns.length; i++) {
        Added column = added.get(i);
        columns[i] =
            column.what() == Added.What.CLASSES
                ? cells(classes.get(column.of()), rows, column.alone())
                : cells(numbers(outputs.get(column.of()), column.what()), rows, column.alone());
      }
      return columns;
    }

    private boolean asks(Added.What what) {
      return added.stream().anyMatch(column -> column.what() == what);
    }

    private float[] numbers(Tensor output, Added.What what) {
      Tensor all = what == Added.What.SOFTMAX ? torch.softmax(output, 1) : output;
      float[] numbers = new float[Math.toIntExact(all.numel())];
      all.contiguous().data_ptr_float().get(numbers);
      return numbers;
    }

    private static Object[] cells(long[] classes, int rows, boolean alone) {
      Object[] cells = new Object[rows];
      int each = classes.length / rows;
      for (int i = 0; i < rows; i++) {
        cells[i] =
            alone
                ? (Object) (double) classes[i]
                : Arrays.copyOfRange(classes, i * each, (i + 1) * each);
      }
      return cells;
    }

    private static Object[] cells(float[] numbers, int rows, boolean alone) {
      Object[] cells = new Object[rows];
      int each = numbers.length / rows;
      for (int i = 0; i < rows; i++) {
        cells[i] =
            alone
                ? (Object) (double) numbers[i]
                : Arrays.copyOfRange(numbers, i * each, (i + 1) * each);
      }
      return cells;
    }

    private static Row with(Row row, Object[][] columns, int at) {
      Object[] values = new Object[row.size() + columns.length];
      for (int i = 0; i < row.size(); i++) {
        values[i] = row.get(i);
      }
      for (int i = 0; i < columns.length; i++) {
        values[row.size() + i] = columns[i][at];
      }
      return RowFactory.create(values);
    }

    @Override
    public void close() {
      parts.forEach(PartReader::close);
      network.close();
    }
  }
}

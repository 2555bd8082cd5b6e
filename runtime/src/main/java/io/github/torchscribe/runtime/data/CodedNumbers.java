package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.json.Members;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Columns of numbers. */
record CodedNumbers(String name, List<Code> codes) implements CodedPart {
  static final String NUMBERS = "numbers";

  /**
   * A column.
   *
   * @param missing what an empty cell gets; empty where that is an error
   * @param mean taken away
   * @param deviation divided by
   */
  record Code(String column, OptionalDouble missing, double mean, double deviation) {
    private double plain(Cells row) {
      return missing.isPresent() && row.text(column).isEmpty()
          ? missing.getAsDouble()
          : Double.parseDouble(row.digits(column));
    }

    float value(Cells row) {
      return (float) ((plain(row) - mean) / deviation);
    }

    private void requireSound() {
      requireFinite("what stands for an empty cell", missing.orElse(0));
      requireFinite("the mean", mean);
      requireFinite("the deviation", deviation);
      if (deviation <= 0) {
        throw unsound("the deviation", deviation, "must be above 0");
      }
    }

    private void requireFinite(String what, double number) {
      if (!Float.isFinite((float) number)) {
        throw unsound(what, number, "must be a finite 32-bit number");
      }
    }

    private IllegalArgumentException unsound(String what, double number, String rule) {
      return CodedPart.unsound("column '" + column + "'", what + " is " + number + " but " + rule);
    }
  }

  /** Learns what stands for empty cells, and how numbers are spread. */
  static CodedNumbers learn(String name, List<NumberColumn> columns, List<Cells> rows) {
    return new CodedNumbers(name, columns.stream().map(column -> learn(column, rows)).toList());
  }

  private static Code learn(NumberColumn column, List<Cells> rows) {
    Code code = new Code(column.name(), missing(column, rows), 0, 1);
    double[] all = rows.stream().mapToDouble(code::plain).toArray(); // also says what is no number
    if (!column.isStandardized()) {
      return code;
    }
    double mean = Arrays.stream(all).sum() / all.length;
    double variance =
        Arrays.stream(all).map(some -> (some - mean) * (some - mean)).sum() / all.length;
    // What rounding leaves of nothing is no deviation.
    double deviation = variance > 1e-12 * mean * mean ? Math.sqrt(variance) : 1;
    return new Code(column.name(), code.missing, mean, deviation);
  }

  private static OptionalDouble missing(NumberColumn column, List<Cells> rows) {
    if (column.missing() == NumberColumn.Missing.REFUSED) {
      return OptionalDouble.empty();
    }
    if (column.missing() == NumberColumn.Missing.CONSTANT) {
      return OptionalDouble.of(column.constant());
    }
    double[] there =
        rows.stream()
            .filter(row -> !row.text(column.name()).isEmpty())
            .mapToDouble(row -> Double.parseDouble(row.digits(column.name())))
            .sorted()
            .toArray();
    if (there.length == 0) {
      throw new IllegalArgumentException(
          "all cells of column '"
              + column.name()
              + "' are empty: there is nothing to fill them by");
    }
    int half = there.length / 2;
    double middle = there.length % 2 == 1 ? there[half] : (there[half - 1] + there[half]) / 2;
    return OptionalDouble.of(
        column.missing() == NumberColumn.Missing.MEDIAN
            ? middle
            : Arrays.stream(there).sum() / there.length);
  }

  @Override
  public List<String> columns() {
    return codes.stream().map(Code::column).toList();
  }

  @Override
  public TensorSpec spec() {
    return TensorSpec.numbers(codes.size());
  }

  @Override
  public Tensor tensor(List<Cells> rows) {
    float[] values = new float[Math.multiplyExact(rows.size(), codes.size())];
    int next = 0;
    for (Cells row : rows) {
      for (Code code : codes) {
        values[next++] = code.value(row);
      }
    }
    return torch.tensor(values).view(rows.size(), codes.size());
  }

  /** What outputs are in the table's numbers. */
  Tensor decode(Tensor output) {
    if (output.dim() != 2 || output.size(1) != codes.size()) {
      throw unfit(Shapes.describe(output));
    }
    Tensor result = torch.empty_like(output);
    PointerScope scope = new PointerScope();
    try {
      torch.mul_out(result, output, all(Code::deviation).to(output.device(), output.scalar_type()));
      result.add_(all(Code::mean).to(output.device(), output.scalar_type()));
    } finally {
      scope.close();
    }
    return Arena.given(result);
  }

  /** The same of the numbers of an answer. */
  float[] decode(float... output) {
    if (output.length % codes.size() != 0) {
      throw unfit(output.length + " numbers");
    }
    float[] result = new float[output.length];
    for (int i = 0; i < result.length; i++) {
      Code code = codes.get(i % codes.size());
      result[i] = (float) (output[i] * code.deviation + code.mean);
    }
    return result;
  }

  private IllegalArgumentException unfit(String output) {
    return new IllegalArgumentException(
        "'" + name + "' has " + codes.size() + " columns, but the output is " + output);
  }

  private Tensor all(ToDoubleFunction<Code> number) {
    float[] numbers = new float[codes.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) number.applyAsDouble(codes.get(i));
    }
    return torch.tensor(numbers);
  }

  @Override
  public void write(Map<String, Object> into) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Code code : codes) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("column", code.column);
      code.missing.ifPresent(number -> one.put("missing", number));
      one.put("mean", code.mean);
      one.put("deviation", code.deviation);
      all.add(one);
    }
    into.put(NUMBERS, all);
  }

  @Override
  public void requireSound() {
    codes.forEach(Code::requireSound);
  }

  static CodedNumbers read(String name, Members from) {
    List<Code> codes = new ArrayList<>();
    for (Members one : from.objects(NUMBERS)) {
      codes.add(
          new Code(
              one.text("column"),
              one.has("missing")
                  ? OptionalDouble.of(one.number("missing"))
                  : OptionalDouble.empty(),
              one.number("mean"),
              one.number("deviation")));
    }
    return new CodedNumbers(name, codes);
  }
}

package io.github.torchscribe.runtime.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How likely what is of a class scores higher for it than what is not. */
final class RocArea implements Metric {
  /** The scores of a class, and where there is a single output of yes or no those of yes. */
  private final List<Column> columns = new ArrayList<>();

  @Override
  public String name() {
    return "AUROC";
  }

  @Override
  public boolean needsDecisions() {
    return true;
  }

  @Override
  public Optional<Boolean> higherIsBetter() {
    return Optional.of(true);
  }

  @Override
  public void reset() {
    columns.clear();
  }

  @Override
  public void update(Outcome batch) {
    Tensor output = batch.output();
    boolean ofClasses = batch.target().scalar_type().intern() == torch.ScalarType.Long;
    if (ofClasses ? output.dim() != 2 : batch.right().length != output.numel()) {
      throw new IllegalArgumentException(
          name()
              + " needs scores of all classes for each example, or an answer of yes or no for each"
              + " output");
    }
    PointerScope scope = new PointerScope();
    try {
      long n = output.size(0);
      Tensor scores = output.reshape(n, -1).to(torch.ScalarType.Double);
      if (ofClasses) {
        scores = scores.softmax(1); // among examples only probabilities can be compared
      }
      double[] right =
          ofClasses
              ? numbers(batch.target().to(torch.ScalarType.Double))
              : Arrays.stream(batch.right()).asDoubleStream().toArray();
      add(numbers(scores), right, (int) n, ofClasses, batch);
    } finally {
      scope.close();
    }
  }

  private static double[] numbers(Tensor tensor) {
    double[] all = new double[Math.toIntExact(tensor.numel())];
    if (all.length > 0) { // an empty tensor has no memory
      tensor.cpu().contiguous().data_ptr_double().get(all);
    }
    return all;
  }

  private void add(double[] scores, double[] right, int n, boolean ofClasses, Outcome batch) {
    int width = n == 0 ? 0 : scores.length / n;
    while (columns.size() < width) {
      columns.add(new Column());
    }
    for (int i = 0; i < n; i++) {
      if (ofClasses && batch.ignored().isPresent() && right[i] == batch.ignored().getAsLong()) {
        continue;
      }
      for (int k = 0; k < width; k++) {
        boolean is = ofClasses ? right[i] == k : right[i * width + k] == 1;
        columns.get(k).add(scores[i * width + k], is);
      }
    }
  }

  /** The mean over all classes of which there are some examples and others. */
  @Override
  public double value() {
    return columns.stream()
        .filter(Column::isDefined)
        .mapToDouble(Column::area)
        .average()
        .orElse(Double.NaN);
  }

  /** The scores of one class. */
  private static final class Column {
    private final Numbers of = new Numbers();
    private final Numbers others = new Numbers();

    void add(double score, boolean is) {
      (is ? of : others).add(score);
    }

    boolean isDefined() {
      return of.size > 0 && others.size > 0;
    }

    /** The share of pairs in which what is of the class scores higher; a tie is half a pair. */
    double area() {
      double[] high = of.sorted();
      double[] low = others.sorted();
      if (Double.isNaN(high[high.length - 1]) || Double.isNaN(low[low.length - 1])) {
        return Double.NaN; // which sorts to the end
      }
      double pairs = 0;
      int below = 0;
      int notAbove = 0;
      for (double score : high) {
        while (below < low.length && low[below] < score) {
          below++;
        }
        while (notAbove < low.length && low[notAbove] <= score) {
          notAbove++;
        }
        pairs += (below + notAbove) / 2.0;
      }
      return pairs / ((double) high.length * low.length);
    }
  }

  /** A list of numbers. */
  private static final class Numbers {
    private double[] all = new double[64];
    private int size;

    void add(double number) {
      if (size == all.length) {
        all = Arrays.copyOf(all, 2 * size);
      }
      all[size++] = number;
    }

    double[] sorted() {
      double[] sorted = Arrays.copyOf(all, size);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}

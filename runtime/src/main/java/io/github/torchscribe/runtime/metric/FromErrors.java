package io.github.torchscribe.runtime.metric;

import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A metric of how far numbers are from what they should be. */
final class FromErrors implements Metric {
  private final String name;
  private final boolean higherIsBetter;
  private final ToDoubleFunction<FromErrors> measure;
  private long rows;
  private long columns;
  private double absolute;
  private double[] squares = {};
  private double[] targets = {};
  private double[] targetSquares = {};

  FromErrors(String name, boolean higherIsBetter, ToDoubleFunction<FromErrors> measure) {
    this.name = name;
    this.higherIsBetter = higherIsBetter;
    this.measure = measure;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Boolean> higherIsBetter() {
    return Optional.of(higherIsBetter);
  }

  @Override
  public void reset() {
    rows = 0;
    absolute = 0;
    squares = new double[0];
    targets = new double[0];
    targetSquares = new double[0];
  }

  @Override
  public void update(Outcome batch) {
    if (batch.output().numel() != batch.target().numel()) {
      throw new IllegalArgumentException(
          name + " is for networks whose outputs are numbers like their targets");
    }
    PointerScope scope = new PointerScope();
    try {
      long n = batch.output().size(0);
      Tensor output = batch.output().reshape(n, -1).to(torch.ScalarType.Double);
      Tensor target = batch.target().reshape(n, -1).to(torch.ScalarType.Double);
      Tensor error = output.sub(target);
      columns = error.size(1);
      rows += n;
      absolute += error.abs().sum().item_double();
      squares = added(squares, error.square());
      targets = added(targets, target);
      targetSquares = added(targetSquares, target.square());
    } finally {
      scope.close();
    }
  }

  /** The sums of columns, added to those before. */
  private static double[] added(double[] before, Tensor numbers) {
    double[] sums = new double[(int) numbers.size(1)];
    numbers.sum(0).cpu().data_ptr_double().get(sums);
    for (int i = 0; i < before.length; i++) {
      sums[i] += before[i];
    }
    return sums;
  }

  @Override
  public double value() {
    return measure.applyAsDouble(this);
  }

  double meanAbsolute() {
    return absolute / (rows * columns);
  }

  double rootMeanSquared() {
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    return Math.sqrt(sum / (rows * columns));
  }

  double determination() {
    double sum = 0;
    for (int i = 0; i < squares.length; i++) {
      double spread = targetSquares[i] - targets[i] * targets[i] / rows;
      sum += 1 - squares[i] / spread;
    }
    return sum / squares.length;
  }
}

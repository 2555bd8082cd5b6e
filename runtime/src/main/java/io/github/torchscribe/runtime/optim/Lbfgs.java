package io.github.torchscribe.runtime.optim;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Device;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Limited-memory BFGS, {@code torch.optim.LBFGS} without line search (Liu, Nocedal, 1989): each
 * step is up to maxIter iterations p ← p + t·d on the same batch, with d = −H·g and H the inverse
 * Hessian that the last changes of p and g suggest.
 */
public final class Lbfgs implements Optimizer {
  /** A change of the gradient and of the parameters that tells something of the curvature. */
  private static final double LEAST_CURVATURE = 1e-10;

  private final int maxIter;
  private final int maxEval;
  private final double toleranceGrad;
  private final double toleranceChange;
  private final int historySize;
  private final Deque<Change> history = new ArrayDeque<>();
  private double lr;
  private long iterations;
  private double scale = 1;
  private double length;
  private Kept last = Kept.none();
  private Tensor direction;
  private Tensor before;

  /** How the gradient (y) and the parameters (s) changed, and 1/(y·s). */
  private record Change(Kept both, double rho) {
    Tensor y() {
      return both.tensors().get(0);
    }

    Tensor s() {
      return both.tensors().get(1);
    }
  }

  /**
   * An optimizer that has not stepped yet.
   *
   * @param lr the step length, a finite number above 0
   * @param maxIter iterations in a step, at least 1
   * @param toleranceGrad ends a step when no gradient is larger, at least 0
   * @param toleranceChange ends a step when neither loss nor parameters change more, at least 0
   * @param historySize how many changes are remembered, at least 1
   * @throws IllegalArgumentException when a value is out of its range
   */
  public Lbfgs(
      double lr, int maxIter, double toleranceGrad, double toleranceChange, int historySize) {
    FlatOptimizer.check(lr > 0 && Double.isFinite(lr), "the learning rate", "a number above 0", lr);
    FlatOptimizer.check(maxIter >= 1, "maxIter", "at least 1", maxIter);
    FlatOptimizer.check(historySize >= 1, "historySize", "at least 1", historySize);
    FlatOptimizer.atLeastZero("toleranceGrad", toleranceGrad);
    FlatOptimizer.atLeastZero("toleranceChange", toleranceChange);
    this.lr = lr;
    this.maxIter = maxIter;
    this.maxEval = maxIter * 5 / 4;
    this.toleranceGrad = toleranceGrad;
    this.toleranceChange = toleranceChange;
    this.historySize = historySize;
  }

  @Override
  public double learningRate() {
    return lr;
  }

  @Override
  public void learningRate(double value) {
    FlatOptimizer.atLeastZero("the learning rate", value);
    lr = value;
  }

  @Override
  public boolean isPlainDescent() {
    return false;
  }

  @Override
  public boolean reevaluates() {
    return true;
  }

  /** A step along what was remembered would move what is frozen now. */
  @Override
  public void othersLearn() {
    close();
    last = Kept.none();
    iterations = 0;
    scale = 1;
  }

  @Override
  public void step(Tensor parameters, Tensor gradients) {
    throw new IllegalStateException("LBFGS evaluates the loss several times in a step");
  }

  @Override
  public void step(Tensor parameters, Tensor g, double firstLoss, DoubleSupplier again) {
    if (largest(g) <= toleranceGrad) {
      return;
    }
    double loss = firstLoss;
    int evaluations = 1;
    for (int i = 1; i <= maxIter; i++) {
      iterations++;
      if (iterations == 1) {
        keep(Kept.of(() -> List.of(g.neg(), g.clone())));
        length = Math.min(1, 1 / g.abs().sum().item_double()) * lr;
      } else {
        remember(g);
        turn(g);
        before.copy_(g);
        length = lr;
      }
      if (dot(g, direction) > -toleranceChange) {
        return;
      }
      double lossBefore = loss;
      parameters.add_(direction, new Scalar(length));
      if (i == maxIter) {
        return; // what would be computed now is not used any more
      }
      loss = again.getAsDouble();
      evaluations++;
      if (evaluations >= maxEval
          || largest(g) <= toleranceGrad
          || largest(direction) * length <= toleranceChange
          || Math.abs(loss - lossBefore) < toleranceChange) {
        return;
      }
    }
  }

  private void remember(Tensor g) {
    Tensor y = g.sub(before);
    Tensor s = direction.mul(new Scalar(length));
    double ys = dot(y, s);
    if (ys > LEAST_CURVATURE) {
      if (history.size() == historySize) {
        history.removeFirst().both().close();
      }
      history.addLast(new Change(Kept.of(() -> List.of(y.clone(), s.clone())), 1 / ys));
      scale = ys / dot(y, y);
    }
  }

  /** The two loops over what is remembered that multiply −g by the inverse Hessian. */
  private void turn(Tensor g) {
    List<Change> changes = new ArrayList<>(history);
    double[] al = new double[changes.size()];
    direction.copy_(g).neg_();
    for (int i = al.length - 1; i >= 0; i--) {
      al[i] = dot(changes.get(i).s(), direction) * changes.get(i).rho();
      direction.add_(changes.get(i).y(), new Scalar(-al[i]));
    }
    direction.mul_(new Scalar(scale));
    for (int i = 0; i < al.length; i++) {
      double be = dot(changes.get(i).y(), direction) * changes.get(i).rho();
      direction.add_(changes.get(i).s(), new Scalar(al[i] - be));
    }
  }

  private static double dot(Tensor a, Tensor b) {
    return a.dot(b).item_double();
  }

  private static double largest(Tensor tensor) {
    return tensor.abs().max().item_double();
  }

  @Override
  public void save(State state) {
    state.put("lr", lr);
    state.put("iterations", iterations);
    state.put("scale", scale);
    state.put("length", length);
    if (!last.isNothing()) {
      state.put("direction", Device.cpu().duplicate(direction));
      state.put("before", Device.cpu().duplicate(before));
    }
    int i = 0;
    for (Change change : history) {
      State own = state.part("change." + i++);
      own.put("y", Device.cpu().duplicate(change.y()));
      own.put("s", Device.cpu().duplicate(change.s()));
      own.put("rho", change.rho());
    }
  }

  @Override
  public void restore(State state, Device device) throws IOException {
    lr = state.number("lr");
    iterations = state.whole("iterations");
    scale = state.number("scale");
    length = state.number("length");
    List<Tensor> both =
        iterations > 0
            ? List.of(state.tensor("direction"), state.tensor("before"))
            : List.<Tensor>of();
    Kept saved = Kept.copies(both, device);
    close();
    keep(saved);
    for (int i = 0; state.has("change." + i + ".rho"); i++) {
      State own = state.part("change." + i);
      List<Tensor> change = List.of(own.tensor("y"), own.tensor("s"));
      history.addLast(new Change(Kept.copies(change, device), own.number("rho")));
    }
  }

  private void keep(Kept other) {
    last.close();
    last = other;
    if (!last.isNothing()) {
      direction = last.tensors().get(0);
      before = last.tensors().get(1);
    }
  }

  @Override
  public void to(Device device) {
    List<Kept> there = new ArrayList<>();
    try {
      there.add(Kept.copies(last.tensors(), device));
      for (Change change : history) {
        there.add(Kept.copies(change.both().tensors(), device));
      }
    } catch (RuntimeException | Error e) {
      there.forEach(Kept::close);
      throw e;
    }
    List<Double> rhos = history.stream().map(Change::rho).toList();
    close();
    keep(there.get(0));
    for (int i = 0; i < rhos.size(); i++) {
      history.addLast(new Change(there.get(i + 1), rhos.get(i)));
    }
  }

  @Override
  public void close() {
    history.forEach(change -> change.both().close());
    history.clear();
    last.close();
  }
}

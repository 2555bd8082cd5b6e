package io.github.torchscribe.runtime.optim;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What optimizers have in common: a learning rate, a number of steps, and tensors as long as the
 * parameters in which they remember. Each step is some operations on flat tensors, whatever the
 * network.
 */
abstract class FlatOptimizer implements Optimizer {
  private final int slots;
  private double lr;
  private double factor = 1;
  private final Counts counts = new Counts();
  private Kept memory = Kept.none();
  private Kept mask = Kept.none();
  private Tensor decaying;

  /**
   * An optimizer that has not stepped yet.
   *
   * @param lr the learning rate, a finite number above 0
   * @param slots how many tensors it needs
   */
  FlatOptimizer(double lr, int slots) {
    check(lr > 0 && Double.isFinite(lr), "the learning rate", "a number above 0", lr);
    this.slots = slots;
    this.lr = lr;
  }

  @Override
  public final double learningRate() {
    return lr;
  }

  @Override
  public final void learningRate(double value) {
    atLeastZero("the learning rate", value);
    lr = value;
  }

  @Override
  public boolean isPlainDescent() {
    return false;
  }

  @Override
  public final boolean hasGroups() {
    return true;
  }

  @Override
  public final void step(Tensor parameters, Tensor gradients) {
    step(parameters, gradients, List.of(new ParameterGroup(0, parameters.numel(), 1)));
  }

  @Override
  public final void step(Tensor parameters, Tensor gradients, List<ParameterGroup> groups) {
    int needed = slots();
    if (memory.isNothing() && needed > 0) {
      Kept fresh =
          Kept.of(() -> Stream.generate(() -> torch.zeros_like(parameters)).limit(needed).toList());
      begin(fresh.tensors());
      keep(fresh);
    }
    long all = parameters.numel();
    for (ParameterGroup group : groups) {
      factor = group.rate();
      for (Counts.Part part : counts.step(group.offset(), group.size(), all)) {
        UnaryOperator<Tensor> piece =
            part.size() == all ? whole -> whole : whole -> piece(whole, part);
        decaying = mask.isNothing() ? null : piece.apply(mask.tensors().get(0));
        update(
            piece.apply(parameters),
            piece.apply(gradients),
            part.size() == all ? memory.tensors() : memory.tensors().stream().map(piece).toList(),
            part.count());
      }
    }
  }

  private static Tensor piece(Tensor whole, Counts.Part part) {
    return whole.narrow(0, part.offset(), part.size());
  }

  /** The learning rate of the parameters that are being updated. */
  final double rate() {
    return lr * factor;
  }

  @Override
  public final void save(State state) {
    state.put("lr", lr);
    counts.save(state);
    momentum().ifPresent(momentum -> state.put("momentum", momentum));
    for (int i = 0; i < memory.tensors().size(); i++) {
      state.put("memory." + i, Device.cpu().duplicate(memory.tensors().get(i)));
    }
  }

  @Override
  public final void restore(State state, Device device) throws IOException {
    lr = state.number("lr");
    counts.restore(state);
    if (momentum().isPresent()) {
      momentum(state.number("momentum"));
    }
    List<Tensor> saved = new ArrayList<>();
    for (int i = 0; state.has("memory." + i); i++) {
      saved.add(state.tensor("memory." + i));
    }
    keep(Kept.copies(saved, device));
  }

  /** How many tensors it needs; asked before the first step. */
  int slots() {
    return slots;
  }

  @Override
  public final void decayOnly(Tensor where) {
    Kept before = mask;
    mask = Kept.of(() -> List.of(where.clone()));
    before.close();
  }

  private void keep(Kept other) {
    memory.close();
    memory = other;
  }

  /** Fills the tensors before the first step; they hold 0. */
  void begin(List<Tensor> tensors) {}

  /**
   * Does a step with some parameters. Runs in a scope that frees what it makes.
   *
   * @param parameters flat
   * @param gradients as long; may be changed
   * @param tensors as many as were asked for, as long
   * @param count of their steps, this one included
   */
  abstract void update(
      Tensor parameters, Tensor gradients, List<Tensor> tensors, Counts.Count count);

  @Override
  public final void to(Device device) {
    Kept memoryThere = Kept.copies(memory.tensors(), device);
    Kept maskThere;
    try {
      maskThere = Kept.copies(mask.tensors(), device);
    } catch (RuntimeException | Error e) {
      memoryThere.close();
      throw e;
    }
    close();
    memory = memoryThere;
    mask = maskThere;
  }

  @Override
  public final void close() {
    memory.close();
    mask.close();
  }

  /** g ← g + by·p, the gradient of an L2 penalty. */
  final void decay(Tensor parameters, Tensor gradients, double by) {
    pull(gradients, parameters, by);
  }

  /** p ← p·(1 − by), where the decay leaves the gradient alone. */
  final void decayDecoupled(Tensor parameters, double by) {
    if (decaying == null) {
      parameters.mul_(new Scalar(1 - by));
    } else {
      pull(parameters, parameters, -by);
    }
  }

  private void pull(Tensor what, Tensor parameters, double by) {
    if (by == 0) {
      return;
    }
    if (decaying == null) {
      what.add_(parameters, new Scalar(by));
    } else {
      what.addcmul_(parameters, decaying, new Scalar(by));
    }
  }

  static void atLeastZero(String what, double value) {
    check(value >= 0 && Double.isFinite(value), what, "0 or above", value);
  }

  static void share(String what, double value) {
    check(value >= 0 && value < 1, what, "from 0 to less than 1", value);
  }

  static void check(boolean holds, String what, String must, double value) {
    if (!holds) {
      throw new IllegalArgumentException(what + " must be " + must + " but is " + value);
    }
  }
}

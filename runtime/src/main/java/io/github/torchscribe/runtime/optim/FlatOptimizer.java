package io.github.torchscribe.runtime.optim;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
  private long steps;
  private Kept memory = Kept.none();
  private Kept mask = Kept.none();

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
  public final void step(Tensor parameters, Tensor gradients) {
    int needed = slots();
    if (memory.isNothing() && needed > 0) {
      Kept fresh =
          Kept.of(() -> Stream.generate(() -> torch.zeros_like(parameters)).limit(needed).toList());
      begin(fresh.tensors());
      keep(fresh);
    }
    steps++;
    update(parameters, gradients, memory.tensors(), steps);
  }

  @Override
  public final void save(State state) {
    state.put("steps", steps);
    state.put("lr", lr);
    momentum().ifPresent(momentum -> state.put("momentum", momentum));
    for (int i = 0; i < memory.tensors().size(); i++) {
      state.put("memory." + i, Device.cpu().duplicate(memory.tensors().get(i)));
    }
    saveMore(state);
  }

  @Override
  public final void restore(State state, Device device) throws IOException {
    steps = state.whole("steps");
    lr = state.number("lr");
    if (momentum().isPresent()) {
      momentum(state.number("momentum"));
    }
    List<Tensor> saved = new ArrayList<>();
    for (int i = 0; state.has("memory." + i); i++) {
      saved.add(state.tensor("memory." + i));
    }
    keep(Kept.copies(saved, device));
    restoreMore(state);
  }

  /** Saves what one kind of optimizer remembers besides. */
  void saveMore(State state) {}

  /** Restores what one kind of optimizer remembers besides. */
  void restoreMore(State state) throws IOException {}

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
   * Does a step. Runs in a scope that frees what it makes.
   *
   * @param parameters all, flat
   * @param gradients as long; may be changed
   * @param tensors as many as were asked for, as long
   * @param step counted from 1
   */
  abstract void update(Tensor parameters, Tensor gradients, List<Tensor> tensors, long step);

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

  /** g ← g + factor·p, the gradient of an L2 penalty. */
  final void decay(Tensor parameters, Tensor gradients, double factor) {
    pull(gradients, parameters, factor);
  }

  /** p ← p·(1 − factor), where the decay leaves the gradient alone. */
  final void decayDecoupled(Tensor parameters, double factor) {
    if (mask.isNothing()) {
      parameters.mul_(new Scalar(1 - factor));
    } else {
      pull(parameters, parameters, -factor);
    }
  }

  private void pull(Tensor what, Tensor parameters, double factor) {
    if (factor == 0) {
      return;
    }
    if (mask.isNothing()) {
      what.add_(parameters, new Scalar(factor));
    } else {
      what.addcmul_(parameters, mask.tensors().get(0), new Scalar(factor));
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

package io.github.torchscribe.runtime.optim;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Peers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What optimizers have in common: a learning rate, a number of steps, and tensors as long as the
 * parameters in which they remember. Each step is some operations on flat tensors, whatever the
 * network.
 */
abstract class FlatOptimizer implements Optimizer {
  private final int slots;
  private double lr;
  private double factor = 1;
  private Counts counts = new Counts();
  private Counts before = counts;
  private final Memory memory = new Memory();
  private Kept mask = Kept.none();
  private final DeviceNumbers device = new DeviceNumbers();
  private final List<Update> updates = new ArrayList<>();
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
    if (parameters.is_cuda() && capturable()) {
      prepare(parameters, groups); // so that whether it is replayed makes no difference
      apply(parameters, gradients);
      memory.spread(parameters);
      return;
    }
    plan(parameters, groups);
    for (Update some : updates) {
      some.take(this);
      Stretch where = some.where;
      update(where.of(parameters), where.of(gradients), memory.of(where), some.numbers);
    }
    memory.spread(parameters);
  }

  /** Each number of a parameter is updated by itself, so that any part can be. */
  @Override
  public void divide(Peers peers) {
    if (!memory.divide(peers)) {
      counts = new Counts();
    }
    mask.close();
    mask = Kept.none();
  }

  @Override
  public final void tell() {
    memory.tell();
  }

  @Override
  public final int remembers() {
    return slots();
  }

  /** Of how many parameters it remembers something at present. */
  final long remembered() {
    return memory.length();
  }

  @Override
  public boolean capturable() {
    return true;
  }

  @Override
  public final Object prepare(Tensor parameters, List<ParameterGroup> groups) {
    before = counts.copy();
    plan(parameters, groups);
    device.put(
        parameters,
        updates.stream().flatMapToDouble(some -> Arrays.stream(some.numbers)).toArray());
    return form();
  }

  @Override
  public final void takeBack() {
    counts = before;
  }

  @Override
  public final void apply(Tensor parameters, Tensor gradients) {
    int number = 0;
    for (Update some : updates) {
      some.take(this);
      Factor[] factors = device.factors(number, some.numbers.length);
      Stretch where = some.where;
      update(where.of(parameters), where.of(gradients), memory.of(where), factors);
      number += factors.length;
    }
  }

  /** What a step does, one more than the last: with which parts, and by which numbers. */
  private void plan(Tensor parameters, List<ParameterGroup> groups) {
    memory.begin(parameters, slots(), this::begin);
    updates.clear();
    long all = parameters.numel();
    Stretch own = memory.own(all);
    for (ParameterGroup group : groups) {
      factor = group.rate();
      for (Counts.Part part : counts.step(group.offset(), group.size(), all)) {
        double[] numbers = factors(part.count()); // which count also where others do the step
        Stretch where = new Stretch(part.offset(), part.size()).common(own);
        if (where.size() > 0) {
          updates.add(new Update(where, numbers));
        }
      }
    }
  }

  /** What is done in the step that is planned, whatever its numbers are. */
  private List<Object> form() {
    List<Object> form = new ArrayList<>();
    form.add(memory.arena()); // others where a checkpoint has been restored
    form.add(mask.arena());
    for (boolean branch : branches()) {
      form.add(branch);
    }
    for (Update some : updates) {
      form.add(some.where.offset());
      form.add(some.where.size());
    }
    return form;
  }

  /** What is done with some of the parameters, or with all, by numbers that are of one step. */
  private record Update(Stretch where, double... numbers) {
    void take(FlatOptimizer optimizer) {
      Kept mask = optimizer.mask;
      optimizer.decaying = mask.isNothing() ? null : optimizer.memory.of(where, mask).get(0);
    }
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
    memory.save(state);
  }

  @Override
  public final void restore(State state, Device device) throws IOException {
    lr = state.number("lr");
    counts.restore(state);
    if (momentum().isPresent()) {
      momentum(state.number("momentum"));
    }
    memory.restore(state, device);
  }

  /** How many tensors it needs; asked before the first step. */
  int slots() {
    return slots;
  }

  @Override
  public final void decayOnly(Tensor where) {
    Kept before = mask;
    mask = Kept.of(() -> List.of(memory.own(where.numel()).of(where).clone()));
    before.close();
  }

  /** Fills the tensors before the first step; they hold 0. */
  void begin(List<Tensor> tensors) {}

  /**
   * The numbers of a step that may be others in the next: what is done with them never changes.
   *
   * @param count of the steps, this one included
   */
  abstract double[] factors(Counts.Count count);

  /** What besides decides on what is done in a step. */
  boolean[] branches() {
    return new boolean[0];
  }

  /**
   * Does a step with some parameters. Runs in a scope that frees what it makes.
   *
   * @param parameters flat
   * @param gradients as long; may be changed
   * @param tensors as many as were asked for, as long
   * @param numbers of the step
   */
  void update(Tensor parameters, Tensor gradients, List<Tensor> tensors, double... numbers) {
    Factor[] factors = new Factor[numbers.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = Factor.of(numbers[i]);
    }
    update(parameters, gradients, tensors, factors);
  }

  /** The same with numbers wherever they are. */
  void update(Tensor parameters, Tensor gradients, List<Tensor> tensors, Factor... factors) {
    throw new IllegalStateException(getClass().getSimpleName() + " takes numbers only");
  }

  @Override
  public final void to(Device device) {
    Kept memoryThere = memory.copies(device);
    Kept maskThere;
    try {
      maskThere = Kept.copies(mask.tensors(), device);
    } catch (RuntimeException | Error e) {
      memoryThere.close();
      throw e;
    }
    close();
    memory.keep(memoryThere);
    mask = maskThere;
  }

  @Override
  public final void close() {
    memory.close();
    mask.close();
    device.close();
  }

  /** g ← g + by·p, the gradient of an L2 penalty. */
  final void decay(Tensor parameters, Tensor gradients, double by) {
    if (by == 0) {
      return;
    }
    if (decaying == null) {
      gradients.add_(parameters, new Scalar(by));
    } else {
      gradients.addcmul_(parameters, decaying, new Scalar(by));
    }
  }

  /** Whether weight decay pulls on some parameters alone. */
  final boolean decaysSome() {
    return !mask.isNothing();
  }

  /** The factor of {@link #decayDecoupled}. */
  final double decoupledDecay(double by) {
    return mask.isNothing() ? 1 - by : -by;
  }

  /** p ← p·(1 − by), where the decay leaves the gradient alone. */
  final void decayDecoupled(Tensor parameters, Factor decay) {
    if (decaying == null) {
      decay.scale(parameters);
    } else {
      decay.addProduct(parameters, parameters, decaying);
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

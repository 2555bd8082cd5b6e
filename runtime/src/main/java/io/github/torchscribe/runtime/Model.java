package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.log.ConsoleLog;
import io.github.torchscribe.runtime.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A neural network with its parameters. The processor writes one subclass per {@code @Network}
 * interface; what is here is what all of them share.
 *
 * <p>All parameters are views of one flat tensor and all gradients of another. One operation runs
 * at a time: a second thread waits. After {@link #close()} every operation throws {@link
 * IllegalStateException}.
 */
public abstract class Model extends Passes implements AutoCloseable {
  private final Blueprint blueprint;
  private final BatchCheck check;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Buffers> buffers = new ArrayList<>();

  private Device device = Device.cpu();
  private boolean closed;
  private Randomness randomness;
  private Optimizer optimizer;
  private Arena arena;
  private Tensor values;
  private Tensor gradients;
  private Arena descent;
  private Scalar minusLr;
  private double minusLrOf = Double.NaN;

  /**
   * A model whose memory {@link #start} allocates.
   *
   * @param blueprint what the generated class says of the network
   */
  protected Model(Blueprint blueprint) {
    this.blueprint = blueprint;
    this.check = new BatchCheck(blueprint);
  }

  /**
   * Allocates the parameters and initialises them.
   *
   * @param seed what initial weights and orders are drawn from
   */
  protected final void start(long seed) {
    Threads.prepareFor(blueprint.workload());
    randomness = new Randomness(seed);
    optimizer = blueprint.optimizer().map(Supplier::get).orElse(null);
    boolean gradMode = setGradMode(false);
    try {
      place(null);
      PointerScope scope = new PointerScope();
      try {
        initialize(randomness.generator());
      } finally {
        scope.close();
      }
    } finally {
      GradMode.set_enabled(gradMode);
    }
  }

  /**
   * The seed that the annotations state, or another one for every model.
   *
   * @param blueprint of the network
   * @return a seed
   */
  protected static long seed(Blueprint blueprint) {
    return blueprint
        .settings()
        .seed()
        .orElseGet(() -> ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE);
  }

  // What users call.

  /**
   * The name of the declaring interface.
   *
   * @return for example {@code Mlp}
   */
  public final String name() {
    return blueprint.name();
  }

  /**
   * Where the parameters are.
   *
   * @return the CPU until {@link #to} says otherwise
   */
  public final Device device() {
    return device;
  }

  /**
   * What initial weights and orders are drawn from.
   *
   * @return the seed
   */
  public final long seed() {
    return randomness.seed();
  }

  /**
   * Moves the parameters, in place, {@code model.to(device)}.
   *
   * @param target where to
   * @return this model
   */
  public final Model to(Device target) {
    return run(
        "moving to " + target,
        false,
        () -> {
          if (!target.equals(device)) {
            device = target;
            buffers.forEach(Buffers::release);
            if (optimizer != null) {
              optimizer.to(target);
            }
            place(values);
          }
          return this;
        });
  }

  /**
   * All parameters, in PyTorch's order.
   *
   * @return live views, valid until the model moves or is closed
   */
  public final List<Parameter> parameters() {
    lock.lock();
    try {
      requireOpen();
      List<Parameter> result = new ArrayList<>();
      for (Blueprint.Slot slot : blueprint.parameters()) {
        result.add(
            new Parameter(
                slot.name(),
                view(values, slot.offset(), slot.shape()),
                view(gradients, slot.offset(), slot.shape())));
      }
      return List.copyOf(result);
    } finally {
      lock.unlock();
    }
  }

  /**
   * How many numbers are learned.
   *
   * @return the elements of all parameters
   */
  public final long parameterCount() {
    return blueprint.size();
  }

  /**
   * Runs the network without training it.
   *
   * @param input (N, example…), 32-bit floats, on the model's device
   * @return (N, output…): a tensor of the caller's
   */
  public final Tensor forward(Tensor input) {
    check.input(input, device);
    long[] shape = blueprint.batchOutput(input.size(0));
    Tensor result = torch.empty(shape, device.options(torch.ScalarType.Float), null);
    return run("forward pass", false, () -> result.copy_(forward(input, Mode.EVALUATION)));
  }

  /**
   * The class with the highest score, for each example: {@code argmax(1)}.
   *
   * @param input (N, example…), 32-bit floats, on the model's device
   * @return N classes
   */
  public final long[] predict(Tensor input) {
    check.input(input, device);
    return run(
        "prediction",
        false,
        () -> {
          Tensor classes =
              torch.argmax(forward(input, Mode.EVALUATION), new LongOptional(1), false);
          long[] result = new long[(int) input.size(0)];
          Device.cpu().copy(classes).data_ptr_long().get(result);
          return result;
        });
  }

  /**
   * One training step: forward, loss, backward, update.
   *
   * @param input (N, example…), 32-bit floats, on the model's device
   * @param target (N), 64-bit integers, on the model's device
   * @return the batch's loss before the update
   */
  public final float step(Tensor input, Tensor target) {
    check.input(input, device);
    check.target(input, target, device);
    requireOptimizer();
    return run(
        "training step",
        blueprint.usesAutograd(),
        () -> {
          forward(input, Mode.TRAINING);
          Tensor loss = loss(target, Mode.TRAINING);
          if (!optimizer.isPlainDescent() || !descend(target, minusLr())) {
            backward(target);
            GradMode.set_enabled(false);
            optimizer.step(values, gradients);
          }
          return loss.item_float();
        });
  }

  /**
   * Forward, loss and backward, without an update: fills the parameters' gradients.
   *
   * @param input (N, example…), 32-bit floats, on the model's device
   * @param target (N), 64-bit integers, on the model's device
   * @return the batch's loss
   */
  public final float backward(Tensor input, Tensor target) {
    check.input(input, device);
    check.target(input, target, device);
    return run(
        "backward pass",
        blueprint.usesAutograd(),
        () -> {
          forward(input, Mode.TRAINING);
          Tensor loss = loss(target, Mode.TRAINING);
          backward(target);
          return loss.item_float();
        });
  }

  /**
   * Loss and accuracy on a dataset, in batches of the size that the annotations state.
   *
   * @param data examples with targets
   * @return sums over the data
   */
  public final Evaluation evaluate(Dataset data) {
    try (DataLoader loader =
        DataLoader.sequential(data, blueprint.settings().batchSize(), null, device)) {
      return evaluate(loader);
    }
  }

  /**
   * Loss and accuracy over one epoch of a loader. Leaves parameters, gradients and what the last
   * training step kept alone.
   *
   * @param loader goes through the data once
   * @return sums over the data
   */
  public final Evaluation evaluate(DataLoader loader) {
    double lossSum = 0;
    double batchLossSum = 0;
    long correct = 0;
    long size = 0;
    for (Batch batch : loader) {
      check.input(batch.inputs(), device);
      check.target(batch.inputs(), batch.targets(), device);
      double[] sums = run("evaluation", false, () -> evaluate(batch));
      batchLossSum += sums[0];
      lossSum += sums[0] * batch.size();
      correct += (long) sums[1];
      size += batch.size();
    }
    return new Evaluation(lossSum, batchLossSum, correct, size);
  }

  /**
   * Trains as the annotations say and writes the course of it to the console. {@link Trainer} has
   * the settings.
   *
   * @param train learned from
   * @param test evaluated on after each epoch
   * @return what each epoch came to
   */
  public final History train(Dataset train, Dataset test) {
    return Trainer.of(this).log(new ConsoleLog()).run(train, test);
  }

  /** Frees all native memory. A second call does nothing. */
  @Override
  public final void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      buffers.forEach(Buffers::release);
      if (descent != null) {
        descent.close();
      }
      if (optimizer != null) {
        optimizer.close();
      }
      if (arena != null) {
        arena.close();
      }
      if (randomness != null) {
        randomness.close();
      }
    } finally {
      lock.unlock();
    }
  }

  // What the trainer needs.

  final Blueprint blueprint() {
    return blueprint;
  }

  final Randomness randomness() {
    return randomness;
  }

  final Optimizer requireOptimizer() {
    if (optimizer == null) {
      throw new IllegalStateException(
          blueprint.name() + " has no optimizer: annotate it, for example with @SGD(lr = 1e-2)");
    }
    return optimizer;
  }

  @Override
  final String network() {
    return blueprint.name();
  }

  final void owns(Buffers some) {
    buffers.add(some);
  }

  // Inside.

  private double[] evaluate(Batch batch) {
    Tensor output = forward(batch.inputs(), Mode.EVALUATION);
    double loss = loss(batch.targets(), Mode.EVALUATION).item_float();
    Tensor classes = torch.argmax(output, new LongOptional(1), false);
    return new double[] {loss, classes.eq(batch.targets()).sum().item_long()};
  }

  /** Runs an operation alone, in a scope that frees what it allocates, with readable errors. */
  private <T> T run(String doing, boolean gradMode, Supplier<T> operation) {
    lock.lock();
    try {
      requireOpen();
      Threads.prepareFor(blueprint.workload());
      boolean before = setGradMode(gradMode);
      PointerScope scope = new PointerScope();
      try {
        return operation.get();
      } catch (RuntimeException e) {
        throw TorchException.of(doing + " of " + blueprint.name(), getClass(), e);
      } finally {
        scope.close();
        GradMode.set_enabled(before);
      }
    } finally {
      lock.unlock();
    }
  }

  private static boolean setGradMode(boolean enabled) {
    boolean before = GradMode.is_enabled();
    GradMode.set_enabled(enabled);
    return before;
  }

  /** Allocates parameters and gradients on the device, copying the values of {@code old}. */
  private void place(Tensor old) {
    Arena before = arena;
    arena =
        Arena.filledBy(
            () -> {
              long[] size = {blueprint.size()};
              Tensor fresh = torch.zeros(size, device.options(torch.ScalarType.Float));
              if (old != null) {
                fresh.copy_(old);
              }
              values = fresh;
              gradients = torch.zeros(size, device.options(torch.ScalarType.Float));
              bind(values, gradients);
            });
    if (before != null) {
      before.close();
    }
  }

  private Scalar minusLr() {
    double lr = optimizer.learningRate();
    if (lr != minusLrOf) {
      if (descent != null) {
        descent.close();
      }
      descent = Arena.filledBy(() -> minusLr = new Scalar(-lr));
      minusLrOf = lr;
    }
    return minusLr;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(blueprint.name() + " is closed");
    }
  }
}

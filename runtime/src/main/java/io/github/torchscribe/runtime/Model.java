package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.log.ConsoleLog;
import io.github.torchscribe.runtime.optim.Optimizer;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GeneratorOptional;
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
public abstract class Model implements AutoCloseable {
  private final Blueprint blueprint;
  private final BatchCheck check;
  private final ReentrantLock lock = new ReentrantLock();
  private final Team team;
  private final Pass training = new Pass(this, true);
  private final Pass evaluation = new Pass(this, false);

  private Device device = Device.cpu();
  private boolean closed;
  private Randomness randomness;
  private Optimizer optimizer;
  private Weights weights;
  private Arena constants;
  private Scalar minusLr;

  /**
   * A model whose memory {@link #start} allocates.
   *
   * @param blueprint what the generated class says of the network
   */
  protected Model(Blueprint blueprint) {
    this.blueprint = blueprint;
    this.check = new BatchCheck(blueprint);
    this.team = new Team(blueprint.name());
  }

  // What the processor writes.

  /**
   * Makes the views of all parameters and gradients.
   *
   * @param values all parameters, flat
   * @param gradients all gradients, flat
   */
  protected abstract void bind(Tensor values, Tensor gradients);

  /**
   * Draws all parameters, in the order that PyTorch draws them.
   *
   * @param generator drawn from
   */
  protected abstract void initialize(GeneratorOptional generator);

  /**
   * A share of the network's passes.
   *
   * @return a new one
   */
  protected abstract Share share();

  // What it writes with.

  /**
   * Allocates the parameters and initialises them.
   *
   * @param seed what initial weights and orders are drawn from
   */
  protected final void start(long seed) {
    randomness = new Randomness(seed);
    optimizer = blueprint.optimizer().map(Supplier::get).orElse(null);
    run(
        "initialisation",
        () -> {
          weights = new Weights(blueprint, device, null, this::bind);
          initialize(randomness.generator());
          return null;
        });
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

  /**
   * A piece of a flat tensor.
   *
   * @param flat one dimension
   * @param offset where it begins
   * @param shape of the view
   * @return a view
   */
  protected static Tensor view(Tensor flat, long offset, long... shape) {
    return Weights.view(flat, offset, shape);
  }

  /**
   * A piece of a flat tensor as a leaf of autograd's graph, whose gradient goes into another.
   *
   * @param values holds the leaf's value
   * @param gradients receives its gradient
   * @param offset where it begins in both
   * @param shape of the leaf
   * @return a tensor that requires a gradient
   */
  protected static Tensor leaf(Tensor values, Tensor gradients, long offset, long... shape) {
    Tensor leaf = view(values, offset, shape).detach().requires_grad_(true);
    leaf.mutable_grad().put(view(gradients, offset, shape));
    return leaf;
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
    return run("moving to " + target, () -> move(target));
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
      return weights.parameters();
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
    return run("forward pass", () -> infer(input, result));
  }

  /**
   * The class with the highest score, for each example: {@code argmax(1)}.
   *
   * @param input (N, example…), 32-bit floats, on the model's device
   * @return N classes
   */
  public final long[] predict(Tensor input) {
    PointerScope scope = new PointerScope();
    try {
      Tensor classes = torch.argmax(forward(input), new LongOptional(1), false);
      long[] result = new long[(int) classes.numel()];
      Device.cpu().copy(classes).data_ptr_long().get(result);
      return result;
    } finally {
      scope.close();
    }
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
        () -> {
          if (blueprint.canDescend() && optimizer.isPlainDescent()) {
            Scalar minusLr = negated(optimizer.learningRate());
            return learn(input, target, share -> share.descend(minusLr));
          }
          float loss = learn(input, target, Share::gradients);
          optimizer.step(weights.values(), weights.gradients());
          return loss;
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
    return run("backward pass", () -> learn(input, target, Share::gradients));
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
    Evaluation sum = Evaluation.NONE;
    for (Batch batch : loader) {
      check.input(batch.inputs(), device);
      check.target(batch.inputs(), batch.targets(), device);
      sum = sum.plus(run("evaluation", () -> evaluate(batch)));
    }
    return sum;
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
      team.close();
      training.close();
      evaluation.close();
      for (AutoCloseable owned : new AutoCloseable[] {constants, optimizer, weights, randomness}) {
        if (owned != null) {
          owned.close();
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException("closing " + blueprint.name(), e);
    } finally {
      lock.unlock();
    }
  }

  // What the trainer and the passes need.

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

  // Inside.

  private float learn(Tensor input, Tensor target, Consumer<Share> second) {
    begin(training, input, target);
    training.run(team, List.of(Share::learn, second));
    return (float) training.loss();
  }

  private Evaluation evaluate(Batch batch) {
    begin(evaluation, batch.inputs(), batch.targets());
    evaluation.run(team, List.of(Share::evaluate));
    return Evaluation.ofBatch(evaluation.loss(), evaluation.correct(), batch.size());
  }

  private Tensor infer(Tensor input, Tensor result) {
    begin(evaluation, input, null);
    evaluation.run(team, List.of(share -> share.infer(result)));
    return result;
  }

  /** Divides the batch among workers, and leaves them the cores. */
  private void begin(Pass pass, Tensor input, Tensor target) {
    boolean divisible =
        blueprint.workload() == Workload.MATRIX_PRODUCTS
            && !blueprint.usesAutograd()
            && device.type() == Device.Type.CPU;
    pass.begin(input, target, divisible ? Threads.count() : 1);
    if (pass.count() > 1) {
      Threads.prepareForTeam();
    } else {
      Threads.prepareFor(blueprint.workload());
    }
  }

  /** Runs an operation alone, in a scope that frees what it allocates, with readable errors. */
  private <T> T run(String doing, Supplier<T> operation) {
    lock.lock();
    try {
      requireOpen();
      Native.load();
      boolean gradMode = GradMode.is_enabled();
      GradMode.set_enabled(false);
      PointerScope scope = new PointerScope();
      try {
        return operation.get();
      } catch (RuntimeException e) {
        throw TorchException.of(doing + " of " + blueprint.name(), getClass(), e);
      } finally {
        scope.close();
        GradMode.set_enabled(gradMode);
      }
    } finally {
      lock.unlock();
    }
  }

  private Model move(Device target) {
    if (!target.equals(device)) {
      training.close();
      evaluation.close();
      if (optimizer != null) {
        optimizer.to(target);
      }
      Weights before = weights;
      weights = new Weights(blueprint, target, before, this::bind);
      before.close();
      device = target;
    }
    return this;
  }

  /** The learning rate, negated, made anew only when it has changed. */
  private Scalar negated(double lr) {
    if (minusLr == null || -lr != minusLr.toDouble()) {
      if (constants != null) {
        constants.close();
      }
      constants = Arena.filledBy(() -> minusLr = new Scalar(-lr));
    }
    return minusLr;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(blueprint.name() + " is closed");
    }
  }
}

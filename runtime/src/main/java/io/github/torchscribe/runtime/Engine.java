package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.Crew;
import io.github.torchscribe.runtime.optim.Optimizer;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A model's native side: its parameters, its passes and their workers, and the rule that one
 * operation runs at a time, in a scope that frees what it allocates.
 */
final class Engine implements AutoCloseable {
  private final Blueprint blueprint;
  private final Model model;
  private final ReentrantReadWriteLock locks = new ReentrantReadWriteLock();
  private final Lock lock = locks.writeLock();
  private final Team team;
  private final Pass training;
  private final Pass evaluation;
  private final Optimizer optimizer;
  private final Randomness randomness;
  private final EngineState state = new EngineState(this);

  private Device device = Device.cpu();
  private volatile boolean closed;
  private Weights weights;
  private Arena constants;
  private Scalar minusLr;
  private double[] classWeights;

  /**
   * Allocates the parameters and initialises them.
   *
   * @param seed what initial weights and orders are drawn from
   */
  Engine(Model model, Blueprint blueprint, long seed) {
    this.model = model;
    this.blueprint = blueprint;
    team = new Team(blueprint.name());
    training = new Pass(this, true);
    evaluation = new Pass(this, false);
    optimizer = blueprint.optimizer().map(Supplier::get).orElse(null);
    classWeights = blueprint.classWeights();
    randomness = new Randomness(seed);
    run(
        "initialisation",
        () -> {
          weights = new Weights(blueprint, device, null);
          weights.bind(model::bind);
          model.initialize(randomness.generator());
          if (optimizer != null && blueprint.hasDecayOfWeightsOnly()) {
            optimizer.decayOnly(weights.decayMask());
          }
          return null;
        });
    Pools.opened();
  }

  Blueprint blueprint() {
    return blueprint;
  }

  Device device() {
    return device;
  }

  Weights weights() {
    return weights;
  }

  Team team() {
    return team;
  }

  Randomness randomness() {
    return randomness;
  }

  Share newShare() {
    return model.share();
  }

  /** What leaves this and comes back. */
  EngineState state() {
    return state;
  }

  Optimizer requireOptimizer() {
    if (optimizer == null) {
      throw new IllegalStateException(
          blueprint.name() + " has no optimizer: annotate it, for example with @SGD(lr = 1e-2)");
    }
    return optimizer;
  }

  List<Parameter> parameters() {
    lock.lock();
    try {
      requireOpen();
      return weights.parameters();
    } finally {
      lock.unlock();
    }
  }

  /** Moves all, or nothing when something cannot be. */
  void move(Device target) {
    run(
        "moving to " + target,
        () -> {
          if (!target.equals(device)) {
            moveAll(target);
          }
          return null;
        });
  }

  private void moveAll(Device target) {
    training.close();
    evaluation.close();
    Weights there = new Weights(blueprint, target, weights);
    try {
      there.bind(model::bind);
      if (optimizer != null) {
        optimizer.to(target);
      }
    } catch (RuntimeException | Error e) {
      weights.bind(model::bind);
      there.close();
      throw e;
    }
    weights.close();
    weights = there;
    device = target;
  }

  /** Writes the output for a batch into {@code result}. */
  void infer(Tensor input, Tensor result) {
    run(
        "forward pass",
        () -> {
          begin(evaluation, input, null, Counted.examples(input.size(0)));
          evaluation.run(List.of(share -> share.infer(result)));
          return null;
        });
  }

  /** Loss and decisions of a batch; writes its output into {@code result} unless that is null. */
  Evaluation evaluate(Batch batch, Counted counted, Tensor result) {
    return run(
        "evaluation",
        () -> {
          begin(evaluation, batch.inputs(), batch.targets(), counted);
          evaluation.run(List.of(share -> share.evaluate(result)));
          return evaluation.evaluation();
        });
  }

  /** What targets' classes weigh in the loss from now on, instead of what is stated. */
  void classWeights(double... numbers) {
    run(
        "setting class weights",
        () -> {
          training.close();
          evaluation.close();
          classWeights = numbers.clone();
          return null;
        });
  }

  /** Null where all weigh the same. */
  double[] classWeights() {
    return classWeights;
  }

  /** Forward, loss and backward; gives the loss. */
  float backward(Tensor input, Tensor target, Counted counted) {
    return run("backward pass", () -> learn(input, target, counted, Share::gradients));
  }

  /** A training step; gives the loss before the update. */
  float step(Tensor input, Tensor target, Counted counted, Updates updates) {
    requireOptimizer();
    return run(
        "training step",
        () -> {
          if (blueprint.canDescend() && optimizer.isPlainDescent() && updates.isPlain()) {
            Scalar rate = negated(optimizer.learningRate());
            return learn(input, target, counted, share -> share.descend(rate));
          }
          float loss = learn(input, target, counted, Share::gradients);
          if (optimizer.reevaluates()) {
            if (!updates.isPlain()) {
              throw new IllegalStateException(
                  "an optimizer that evaluates the loss several times in a step, as LBFGS, takes"
                      + " gradients as they are: neither clipped nor accumulated");
            }
            optimizer.step(
                weights.values(),
                weights.gradients(),
                loss,
                () -> learn(input, target, counted, Share::gradients));
            return loss;
          }
          if (updates.take(weights.gradients(), counted.weight())) {
            optimizer.step(weights.values(), weights.gradients());
          }
          return loss;
        });
  }

  /** An update of what has been collected until now, if anything. */
  void finish(Updates updates) {
    if (!updates.begins()) {
      run(
          "update",
          () -> {
            updates.finish(weights.gradients());
            optimizer.step(weights.values(), weights.gradients());
            return null;
          });
    }
  }

  private float learn(Tensor input, Tensor target, Counted counted, Consumer<Share> second) {
    begin(training, input, target, counted);
    if (computesMixed()) {
      training.run(List.of(Share::lower, Share::learn, second));
    } else {
      training.run(List.of(Share::learn, second));
    }
    return (float) training.loss();
  }

  /** Whether products of a training step are in bfloat16, where a processor has that. */
  boolean computesMixed() {
    return blueprint.isMixed() && (device.type() != Device.Type.CPU || Native.hasBfloat16());
  }

  /** Says so where a network is not trained in the precision that it asks for. */
  void sayWhetherMixed() {
    if (blueprint.isMixed() && !computesMixed()) {
      System.getLogger(Engine.class.getName())
          .log(
              Level.WARNING,
              blueprint.name()
                  + " asks for precision BF16, but this processor has no instructions for"
                  + " bfloat16: training computes in 32-bit floats.");
    }
  }

  /** Divides the batch, and takes the cores that work on it. */
  private void begin(Pass pass, Tensor input, Tensor target, Counted counted) {
    // Some of libtorch's operations with an output of ours misread an input of another layout.
    pass.begin(input.contiguous(), target, counted, workers());
    pass.workedOnBy(Pools.turn().take(need(pass), pass.count()));
  }

  private Pools.Need need(Pass pass) {
    if (pass.count() > 1 || device.type() != Device.Type.CPU) {
      return Pools.Need.WORKERS;
    }
    return blueprint.workload() == Workload.CONVOLUTIONS
        ? Pools.Need.LIBTORCH
        : Pools.Need.OPENBLAS;
  }

  /** Among how many workers a batch is divided, if it is large enough. */
  private int workers() {
    boolean divisible = blueprint.isDivisible() && device.type() == Device.Type.CPU;
    return divisible ? Threads.count() : 1;
  }

  /**
   * {@link Crew#divide}: each worker gathers the rows that are its share of the step to come, which
   * its core then has at hand.
   */
  void gather(int size, Crew.Part part) {
    lock.lock();
    try {
      requireOpen();
      int count = Pass.shares(size, workers(), blueprint.multiplyAdds());
      IntConsumer share =
          i -> part.gather((int) Pass.first(i, size, count), (int) Pass.first(i + 1, size, count));
      Pools.Turn turn = Pools.turn();
      turn.begin();
      try {
        team.run(count, turn.take(Pools.Need.WORKERS_WITHOUT_PRODUCTS, count), share);
      } finally {
        turn.end();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Runs something that only reads weights, beside others that do. */
  void read(Runnable operation) {
    locks.readLock().lock();
    try {
      requireOpen();
      operation.run();
    } catch (RuntimeException e) {
      throw TorchException.of("prediction of " + blueprint.name(), model.getClass(), e);
    } finally {
      locks.readLock().unlock();
    }
  }

  /** Runs an operation alone, in a scope that frees what it allocates, with readable errors. */
  <T> T run(String doing, Supplier<T> operation) {
    lock.lock();
    try {
      requireOpen();
      Native.keepFreedMemory();
      Pools.Turn turn = Pools.turn();
      turn.begin();
      try {
        return runInScope(doing, operation);
      } finally {
        turn.end();
      }
    } finally {
      lock.unlock();
    }
  }

  private <T> T runInScope(String doing, Supplier<T> operation) {
    boolean gradMode = GradMode.is_enabled();
    GradMode.set_enabled(false);
    PointerScope scope = new PointerScope();
    try {
      return operation.get();
    } catch (RuntimeException e) {
      throw TorchException.of(doing + " of " + blueprint.name(), model.getClass(), e);
    } finally {
      scope.close();
      GradMode.set_enabled(gradMode);
    }
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

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException(blueprint.name() + " is closed");
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      Pools.closed();
      team.close();
      training.close();
      evaluation.close();
      if (constants != null) {
        constants.close();
      }
      if (optimizer != null) {
        optimizer.close();
      }
      weights.close();
      randomness.close();
    } finally {
      lock.unlock();
    }
  }
}
